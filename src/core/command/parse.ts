import { shortened } from './clean-text.ts'
import type { Command } from './command.ts'
import { longestKeptReason, readDraft } from './read-draft.ts'
import { textOf, wordsOf, type Word } from './words.ts'

/** Longer than any id; what is longer is cut, so that an answer can repeat it. */
const longestId = 32

/**
 * Reads what somebody typed after the name of the command. Whatever does not begin with one of the words `help`,
 * `list`, `status`, `revoke`, `extend` is a request, in any order, as complete as it is; `status` alone lists one's own,
 * and `system` counts only alone.
 * `applications` are those that a request may name, by `for vpn`; none where the command opens none.
 * Total: every text is some command. Its time grows with the length of the text and no faster.
 */
export function parseCommand(text: string, applications: readonly string[] = []): Command {
  const words = wordsOf(text)
  const [first, ...rest] = words
  const verb = first?.kind === 'plain' ? first.text.toLowerCase() : ''
  switch (verb) {
    case 'help':
      return { verb }
    case 'list':
      return list(rest)
    case 'status':
      return status(rest)
    case 'revoke':
      return revocation(rest)
    case 'extend':
      return extension(rest)
    default:
      // A reason may begin so: “system was replaced”.
      if (verb === 'system' && rest.length === 0) return { verb }
      return { verb: 'request', draft: readDraft(words, applications) }
  }
}

function list([what]: readonly Word[]): Command {
  return { verb: 'list', open: what !== undefined && textOf(what).toLowerCase() === 'open' }
}

function status(words: readonly Word[]): Command {
  if (words.length === 0) return { verb: 'list', open: false }
  const named = words.find((word) => word.kind === 'who')
  if (named !== undefined) return { verb: 'status', about: { who: named.who } }
  return { verb: 'status', about: { id: shortened(said(words), longestId) } }
}

function revocation(words: readonly Word[]): Command {
  const [id, ...reason] = words
  return {
    verb: 'revoke',
    id: idOf(id),
    reason: shortened(said(reason), longestKeptReason),
  }
}

function extension([id, ...more]: readonly Word[]): Command {
  return { verb: 'extend', id: idOf(id), draft: readDraft(more, []) }
}

function idOf(word: Word | undefined): string {
  return word === undefined ? '' : shortened(textOf(word), longestId)
}

function said(words: readonly Word[]): string {
  return words.map((word) => textOf(word)).join(' ')
}
