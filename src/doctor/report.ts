import { styleText } from 'node:util'
import { parts, type Found } from './check.ts'

type State = Found['state']

/** Always a word: colours alone say nothing to many, and nothing to a file. */
const words: Readonly<Record<State, string>> = {
  ok: 'ok',
  warning: 'warning',
  wrong: 'WRONG',
  unchecked: 'by hand',
}
const colours = { ok: 'green', warning: 'yellow', wrong: 'red', unchecked: 'cyan' } as const
const width = Math.max(...Object.values(words).map(({ length }) => length)) + 2

/** Whether an installation can do its work: warnings, and what nobody can see from here, do not count against it. */
export function isWell(found: readonly Found[]): boolean {
  return found.every(({ state }) => state !== 'wrong')
}

/** The findings for people, by part, each with what to do about it. */
export function reportText(found: readonly Found[], coloured: boolean): string {
  const sections = parts.flatMap((part) => {
    const own = found.filter((one) => one.part === part)
    return own.length === 0 ? [] : [[titled(part, coloured), ...own.map((one) => entry(one, coloured))]]
  })
  return `${[...sections.map((lines) => lines.join('\n')), summary(found)].join('\n\n')}\n`
}

/** The same for machines. */
export function reportJson(found: readonly Found[]): string {
  const findings = found.map(({ part, check, state, says, fix }) => ({ part, check, state, says, fix }))
  return `${JSON.stringify({ ok: isWell(found), counts: counts(found), findings }, undefined, 2)}\n`
}

function titled(part: string, coloured: boolean): string {
  return coloured ? styleText('bold', part, { validateStream: false }) : part
}

function entry({ state, says, fix }: Found, coloured: boolean): string {
  const word = words[state].padEnd(width)
  const shown = coloured ? styleText(colours[state], word, { validateStream: false }) : word
  const indent = ' '.repeat(width + 2)
  const lines = says.split('\n').map((line) => visible(line))
  const mend = fix === undefined ? [] : [`${indent}-> ${visible(fix)}`]
  return [`  ${shown}${lines.join(`\n${indent}`)}`, ...mend].join('\n')
}

/** What others wrote, such as a channel's name, must not move the cursor. */
function visible(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
}

function counts(found: readonly Found[]): Readonly<Record<State, number>> {
  const of = (state: State): number => found.filter((one) => one.state === state).length
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong'), unchecked: of('unchecked') }
}

function summary(found: readonly Found[]): string {
  const { ok, warning, wrong, unchecked } = counts(found)
  const rest = `${warning} could be better, ${unchecked} to see by hand, ${ok} in order.`
  return wrong === 0 ? `All is well: ${rest}` : `${wrong} wrong, ${rest}`
}
