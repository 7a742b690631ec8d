import { commandText, sampleId } from '../core/text/en.ts'
import { allKinds, kinds, kindSaid } from '../core/kinds.ts'
import type { App } from '@slack/bolt'
import { helpCard, listCard, statusCard } from '../core/card/list-cards.ts'
import type { Command, Who } from '../core/command/command.ts'
import { parseCommand } from '../core/command/parse.ts'
import { backToMessage, type Call } from './call.ts'
import { extendById } from './extend.ts'
import { byTypedId, isSecurity, maySee, notFoundText } from './find.ts'
import { answerTo } from './frame.ts'
import type { BotPorts } from './ports.ts'
import { applicationsOf, askOrOpenForm } from './request-form.ts'
import { speak } from './speak.ts'
import { showSystem } from './system.ts'
import { whatFollowed } from './what-followed.ts'
import { whoIs, whoProblemText } from './who-is.ts'

/** Listens to the command of each kind. Whatever it is, the person gets an answer that only they see. */
export function registerCommands(app: App, ports: BotPorts): void {
  for (const named of allKinds.filter((kind) => kinds[kind].said === undefined)) {
    app.command(ports.commands[named], async ({ ack, command, respond, client }) => {
      await ack()
      const { team_id: team, user_id: user, trigger_id: trigger } = command
      const { kind, text } = kindSaid(named, command.text)
      const deed = { what: 'command', team, user, id: trigger, kind } as const
      const back = backToMessage(ports, respond, client, trigger)
      const said = parseCommand(text, applicationsOf(ports, kind))
      await answerTo(ports, deed, back, (call) => obey(call, said))
    })
  }
}

async function obey(call: Call, command: Command): Promise<void> {
  switch (command.verb) {
    case 'help':
      return call.show(
        helpCard(call.ports.kind, call.ports.command, applicationsOf(call.ports, call.ports.kind)),
      )
    case 'system':
      return showSystem(call)
    case 'list':
      return command.open ? listOpen(call) : listOwn(call)
    case 'status':
      return 'id' in command.about ? statusById(call, command.about.id) : statusOf(call, command.about.who)
    case 'revoke':
      return revoke(call, command.id, command.reason)
    case 'extend':
      return extendById(call, command.id, command.draft)
    case 'request':
      return askOrOpenForm(call, command.draft)
  }
}

async function listOwn({ ports, speaker, show }: Call): Promise<void> {
  const { id } = speaker.person
  const [asked, about] = await Promise.all([ports.views.ofRequester(id), ports.views.aboutSubject(id)])
  // Whoever asks for a pass of their own is refused, and is both.
  const others = about.filter((view) => !asked.some((one) => one.exceptionId === view.exceptionId))
  return show(listCard([...asked, ...others], commandText.listOwn))
}

async function listOpen({ ports, speaker, show, say }: Call): Promise<void> {
  return (await isSecurity(ports, speaker.person))
    ? show(listCard(await ports.views.open(), commandText.listOpen))
    : say(commandText.onlySecurity(ports.command))
}

async function statusById({ ports, speaker, show, say }: Call, typed: string): Promise<void> {
  const found = await byTypedId(ports, typed)
  if (!found.ok) return say(notFoundText(ports, found.reason, typed))
  return (await maySee(ports, speaker.person, found.value))
    ? show(statusCard(found.value))
    : say(commandText.notForYou())
}

async function statusOf({ ports, speaker, show, say }: Call, who: Who): Promise<void> {
  const known = await whoIs(ports, who)
  if (!known.ok) {
    return say(whoProblemText(known.reason, who))
  }
  const { person } = known.value
  const views = await ports.views.aboutSubject(person.id)
  const visible = await Promise.all(views.map((view) => maySee(ports, speaker.person, view)))
  return show(
    listCard(
      views.filter((_, index) => visible[index]),
      commandText.statusOf(person.name),
    ),
  )
}

async function revoke(call: Call, typed: string, reason: string): Promise<void> {
  if (typed === '')
    return call.say(commandText.reasonForRevoke(call.ports.command, sampleId(call.ports.kind)))
  const found = await byTypedId(call.ports, typed)
  if (!found.ok) return call.say(notFoundText(call.ports, found.reason, typed))
  if (reason === '') return call.say(commandText.reasonForRevoke(call.ports.command, typed))
  const said = { kind: 'revoke', body: { reason } } as const
  const spoken = await speak(call.ports, call.speaker, found.value, said, call)
  return call.say(await whatFollowed(call.ports, found.value, spoken))
}
