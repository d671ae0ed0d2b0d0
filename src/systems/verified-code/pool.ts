/** Programs that a task carries for an engine that writes none of its own, as one text. */

/** Each under a line with its number. */
export function poolText(programs: readonly string[]): string {
  return programs.map((program, i) => `[${i + 1}]\n${program}`).join('\n\n');
}

/** The programs of such a text; none of an empty one. */
export function poolPrograms(text: string): string[] {
  return text
    .split(/^\[\d+\]$/m)
    .map((program) => program.trim())
    .filter((program) => program !== '');
}
