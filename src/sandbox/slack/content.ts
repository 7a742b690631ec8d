import { checkBlocks, checkModal, type Modal } from './block-limits.ts'
import { checked, type Checked, type Outcome } from './checked.ts'
import type { Content } from './message.ts'

const LONGEST_TEXT = 40_000

/** A refusal as the Web API answers it. */
export type ApiFailure = {
  readonly ok: false
  readonly error: string
  readonly response_metadata?: { readonly messages: readonly string[] }
}

/** The value, or the refusal to answer with. */
export type Read<Value> = { readonly ok: true; readonly value: Value } | ApiFailure

/** A refusal by its name. */
export const failure = (error: string, messages?: readonly string[]): ApiFailure =>
  messages === undefined ? { ok: false, error } : { ok: false, error, response_metadata: { messages } }

const orFailure = <Value>(error: string, result: Checked<Value>): Read<Value> =>
  result.ok ? result : failure(error, result.messages)

/** Reads arguments; what is missing, unknown or of the wrong kind is `invalid_arguments`. */
export const readArgs = <Value>(
  schema: { readonly safeParse: (given: unknown) => Outcome<Value> },
  given: unknown,
): Read<Value> => orFailure('invalid_arguments', checked('', given, schema.safeParse(given)))

const fromJson = (given: unknown): unknown => {
  if (typeof given !== 'string') return given
  try {
    const parsed: unknown = JSON.parse(given)
    return parsed
  } catch {
    return undefined
  }
}

/** Reads text and blocks of a message, blocks as a list or as JSON in a string; the rules are those of `chat.postMessage`. */
export const readContent = (args: { readonly text?: string; readonly blocks?: unknown }): Read<Content> => {
  const { text = '' } = args
  const blocks = args.blocks === undefined ? [] : fromJson(args.blocks)
  if (!Array.isArray(blocks)) return failure('invalid_blocks_format')
  if (text === '' && blocks.length === 0) return failure('no_text')
  if (text.length > LONGEST_TEXT) return failure('msg_too_long')
  const read = orFailure('invalid_blocks', checkBlocks(blocks))
  return read.ok ? { ok: true, value: { text, blocks: read.value } } : read
}

/** Reads a modal, as an object or as JSON in a string. */
export const readModal = (given: unknown): Read<Modal> =>
  orFailure('invalid_arguments', checkModal(fromJson(given)))
