import { createInterface } from 'node:readline/promises'

/** Where somebody reads and answers. */
export type Terminal = {
  readonly print: (...lines: readonly string[]) => void
  readonly confirm: (question: string) => Promise<boolean>
}

/** Standard output and input. Without an answer nothing is confirmed; `yes` confirms everything, for scripts. */
export function standardTerminal(yes: boolean): Terminal {
  return {
    print: (...lines) => void process.stdout.write(`${lines.map((line) => visible(line)).join('\n')}\n`),
    confirm: async (question) => yes || (await ask(question)),
  }
}

async function ask(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C, and an input that ends: an answer that never comes would be waited for.
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([reader.question(question), closed])
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    reader.close()
  }
}

/** What somebody typed into Slack must not move the cursor here. */
function visible(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
}
