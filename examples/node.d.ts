/** What digits.ts asks of Node, so that its types need not be installed for the examples. */
declare module "node:fs" {
  export function readFileSync(path: string | URL): Uint8Array<ArrayBuffer>;
}
