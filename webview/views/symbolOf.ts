/**
 * How the panel writes the function: by its name where that is as short as in a textbook, otherwise f. A long name stands
 * in the title; in ‖∇rosenbrock‖ it would only be in the way.
 */
export function symbolOf(name: string): string {
  return /^.$/u.test(name) ? name : "f";
}
