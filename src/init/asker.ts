import { createInterface } from 'node:readline'
import { unanswered, type Answers, type Question } from './questions.ts'

/** Where somebody is asked. */
export type Asker = {
  /** One line; rejects when there are no more. */
  readonly line: (prompt: string) => Promise<string>
  readonly say: (text: string) => void
  readonly close: () => void
}

/** Standard input and output, a terminal or a file. */
export function standardAsker(): Asker {
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  // From the beginning: lines that come before they are asked for would be lost.
  const lines = reader[Symbol.asyncIterator]()
  return {
    async line(prompt) {
      process.stdout.write(prompt)
      const next = await lines.next()
      if (next.done === true)
        throw new Error('The input ended before everything was answered. What was written stays.')
      return next.value.trim()
    },
    say: (text) => void process.stdout.write(text),
    close: () => reader.close(),
  }
}

/** What was given as options is not asked; with `yes` nothing is, and what is usual is taken. Rejects with what is missing. */
export async function answersTo(
  questions: readonly Question[],
  given: Partial<Answers>,
  asker: Asker | undefined,
): Promise<Answers> {
  let answers: Answers = unanswered
  for (const question of questions) {
    if (question.when?.(answers) === false) continue
    const answer = optionOf(question, given) ?? (await answerOf(question, asker))
    answers = { ...answers, [question.name]: answer }
  }
  return answers
}

function optionOf({ name, flag, fits, complaint }: Question, given: Partial<Answers>): string | undefined {
  const value = given[name]
  if (value !== undefined && !fits.test(value)) throw new Error(`--${flag} can't be used. ${complaint}`)
  return value
}

async function answerOf(question: Question, asker: Asker | undefined): Promise<string> {
  const { flag, asks, usual, fits, complaint } = question
  if (asker === undefined) {
    if (usual === undefined) throw new Error(`--${flag} is needed with --yes: ${asks}.`)
    return usual
  }
  for (;;) {
    const answer = (await asker.line(`${asks}${usual ? ` [${usual}]` : ''}: `)) || usual
    if (answer !== undefined && fits.test(answer)) return answer
    asker.say(`${complaint}\n`)
  }
}
