/** The faces nearly every formula needs: letters, numbers, and the brackets and roots of fractions. */
const faces = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1", "1em KaTeX_Size2", "1em KaTeX_Size3", "1em KaTeX_Size4"];

/**
 * Fetches KaTeX's typefaces before there is a formula: a browser asks for one only when it meets a letter of it, and the first
 * picture would then move by a pixel or two once it has come.
 */
export async function preloadFonts(fonts: Pick<FontFaceSet, "load">): Promise<void> {
  await Promise.all(faces.map((face) => fonts.load(face)));
}
