import { z } from 'zod'
import { parseDuration } from '../../core/duration.ts'

/** What to write, said the same way whether a value is missing or wrong. */
export function write(what: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? `is missing: write ${what}` : `write ${what}`) }
}

/** A map with exactly these keys. The message about unknown keys is the list of known ones, for a better sentence. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(' ')
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : write(`the keys ${known}`).error(issue)),
  })
}

const aDuration = write('a duration, such as 90s, 5m, 1h30m or 7d, at most 366d')
/** As people write one; in seconds. */
export const duration = z.string(aDuration).transform((written, check) => {
  const seconds = parseDuration(written)
  if (seconds === undefined) check.addIssue({ code: 'custom', message: aDuration.error({ input: written }) })
  return seconds ?? z.NEVER
})
/** Reminders may begin at once. */
export const delay = z.union([z.stringFormat('zero', /^0[smhd]$/).transform(() => 0), duration], aDuration)

/** Some text, not empty. */
export function text(what: string) {
  return z.string(write(what)).trim().min(1, write(what))
}

/** Within a range, both ends included. */
export function wholeNumber(from: number, to: number) {
  const what = write(`a whole number from ${from} to ${to}`)
  return z.int(what).min(from, what).max(to, what)
}

export const yesOrNo = z.boolean(write('true or false'))
