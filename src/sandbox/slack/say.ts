import type { Answer, CommandInput } from '../page-api.ts'
import type { Parts } from './parts.ts'
import { commandForm } from './payloads.ts'
import { applyReply } from './replies.ts'
import type { Place } from './roster.ts'
import type { SeedCommand, SeedMember } from './seed.ts'
import { refused, type Send } from './send.ts'
import { plainTyped, resolvedTyped } from './typed-text.ts'

type Scene = Omit<Parts, 'modals'>

const failed = (command: string, error: string): Answer =>
  refused(`${command} failed with the error "${error}"`)

const isEmptyAnswer = (body: unknown): boolean =>
  body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)

const runCommand = async (
  scene: Scene,
  send: Send,
  who: { readonly person: SeedMember; readonly place: Place },
  said: { readonly command: SeedCommand; readonly text: string },
): Promise<Answer> => {
  const { seed } = scene.roster
  const { command, shouldEscape } = said.command
  const target = { user: who.person.id, place: who.place.id }
  const form = commandForm(seed, who.person, who.place, {
    command,
    text: shouldEscape ? resolvedTyped(seed, said.text) : plainTyped(said.text),
    triggerId: scene.triggers.issue(who.person.id),
    responseUrl: scene.responseUrls.issue('commands', target),
  })
  const delivery = await send('slash_command', form)
  if (!delivery.ok) return failed(command, delivery.error)
  if (isEmptyAnswer(delivery.body)) return { ok: true }
  const shown = await applyReply(scene, target, delivery.body)
  return shown.ok ? { ok: true } : failed(command, 'invalid_command_response')
}

const post = async (
  { roster, log }: Scene,
  person: SeedMember,
  place: Place,
  text: string,
): Promise<Answer> => {
  if (place.kind === 'dm') return refused('Sending messages to this app has been turned off.')
  await log.post(place.id, { user: person.id, text: resolvedTyped(roster.seed, text), blocks: [] })
  return { ok: true }
}

/** What happens when somebody sends what is in the composer: a slash command, or a message. */
export const say = async (
  scene: Scene,
  send: Send,
  person: SeedMember,
  { conversation, text }: CommandInput,
): Promise<Answer> => {
  const place = scene.roster.placesOf(person.id).find(({ id }) => id === conversation)
  const typed = text.trim()
  if (place === undefined) return refused('You are not in this conversation.')
  if (typed === '') return refused('There is nothing to send.')
  if (!typed.startsWith('/')) return post(scene, person, place, typed)
  const [name = ''] = typed.split(/\s/, 1)
  const command = scene.roster.seed.commands.find((each) => each.command === name)
  if (command === undefined) return refused(`${name} is not a valid command.`)
  // Slack limits commands to the team that installed the app, also in shared channels.
  if (person.kind === 'foreign') return refused(`${name} is not available to people from other companies.`)
  return runCommand(scene, send, { person, place }, { command, text: typed.slice(name.length).trim() })
}
