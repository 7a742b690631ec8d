import { parseDuration } from '../duration.ts'
import { withoutEdges, type Word } from './words.ts'

/** `1 hour and 30 minutes` is the longest way to say it. */
const mostWords = 5
const bareMinutes = /^\d{1,5}$/
/** Looks so much like a duration that it must not pass for a part of the reason: `0m`, `-5m`, `1h30`, `P1Y`. */
const lookalike =
  /^(?:[+-]?\d+(?:[.,]\d+)?(?:[smhd]|mins?|hrs?|hours?|days?)[\d.,smhd–-]*|pt?\d+[ymwdhs][\dtymwdhs]*)$/i
const timeOfEvent = new Set(['since', 'after', 'in', 'within', 'last', 'past', 'every'])
const event = new Set(['ago', 'old', 'late', 'later'])

type FoundDuration = {
  readonly kind: 'duration'
  readonly seconds: number | undefined
  readonly length: number
}

/**
 * The duration that begins at a word, how many words it takes, and no seconds when it can't be one. A bare number
 * counts as minutes only before the reason begins, for in a reason it may be a room or a number of tries; and a time
 * of something else (`2 days ago`) is left to the reason.
 */
export function findDuration(
  words: readonly Word[],
  index: number,
  inHead: boolean,
): FoundDuration | undefined {
  const alone = joined(words.slice(index, index + 1))
  if (!/\d/.test(alone) || timeOfEvent.has(small(words[index - 1]))) return undefined
  for (let length = mostWords; length > 0; length -= 1) {
    const seconds = parseDuration(joined(words.slice(index, index + length)))
    if (seconds === undefined) continue
    return event.has(small(words[index + length])) ? undefined : found(seconds, length)
  }
  if (inHead && bareMinutes.test(alone)) return found(parseDuration(`${alone}m`), 1)
  return lookalike.test(alone) ? found(undefined, 1) : undefined
}

function found(seconds: number | undefined, length: number): FoundDuration {
  return { kind: 'duration', seconds, length }
}

/** The words as one text; nothing when one of them is a person or quoted. */
function joined(words: readonly Word[]): string {
  const texts = words.flatMap((word) => (word.kind === 'plain' ? [word.text] : []))
  return texts.length === words.length ? withoutEdges(texts.join(' ')) : ''
}

function small(word: Word | undefined): string {
  return word?.kind === 'plain' ? withoutEdges(word.text).toLowerCase() : ''
}
