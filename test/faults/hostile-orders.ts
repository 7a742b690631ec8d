import { sha256 } from '../../src/adapters/signing/keys.ts'
import { createSigner } from '../../src/adapters/signing/signer.ts'
import { requestText } from '../../src/core/envelope/request-hash.ts'
import type { Envelope, RequestBody, Said, StatementOf } from '../../src/core/envelope/statement.ts'
import type { Actor } from '../../src/core/people/person.ts'
import { readEnvelopes } from './hostile.ts'
import { bypassFor, dana, olga, type Scene, type Subject } from './scene.ts'

type Request = Envelope<StatementOf<'request'>>

/** What the minting activity is given: as its own type, but with anything in it. */
export type Order = { request: Request; approvals: Envelope[]; claim: Envelope; attempt: number }

export const approving: Said = { kind: 'approve', body: { checked: 'called-back' } }

/** Who it is that a request is for. */
export const subjectOf = ({ statement: { body } }: Request): Actor => ({
  person: body.subject,
  ...body.subjectSlack,
})

/** What can be put together of what the bot signed, and of what it would sign. */
export type Orders = Awaited<ReturnType<typeof openOrders>>

/** Lets Marco approve a pass and a bypass for Dana, and a bypass for Olga; nobody has pressed yet. */
export async function openOrders(scene: Scene) {
  const of = async (subject: Subject) => {
    await scene.approved(subject)
    const read = await readEnvelopes(scene, subject)
    return { request: read('request'), approval: read('approve') }
  }
  const pass = await of(dana)
  const bypass = await of(bypassFor(dana))
  const olgas = await of(bypassFor(olga))
  const { request } = bypass
  const { statement } = request
  const marco = bypass.approval.statement.actor
  const signer = createSigner(scene.keys.signingKey)
  let windows = 0

  /** What the bot signs when somebody says this about a request, so many seconds from now. */
  const said = (who: Actor, word: Said, about = request, after = 0): Envelope => {
    const { exceptionId, requestHash } = about.statement
    const at = Date.now() + after * 1000
    return signer.sign({ v: 1, exceptionId, requestHash, actor: who, at, ...word })
  }
  /** A press of *Show my code*, in a window that nobody has open. */
  const press = (who = subjectOf(request), about = request, after = 0): Envelope =>
    said(who, { kind: 'claim', body: { view: `V0NOBODY${(windows += 1)}` } }, about, after)
  /** The request with something else in it, and the hash and signature that it had. */
  const edited = (changes: Partial<RequestBody>): Request => ({
    ...request,
    statement: { ...statement, body: { ...statement.body, ...changes } },
  })
  return {
    pass,
    bypass,
    olgas,
    marco,
    said,
    press,
    edited,
    /** The same, signed by the bot. */
    signed: (changes: Partial<RequestBody>): Request => signer.sign(edited(changes).statement),
    /** Everything as it should be. */
    genuine: (): Order => ({ request, approvals: [bypass.approval], claim: press(), attempt: 1 }),
    /** Asked for two minutes ago, approved one minute ago, and pressed so many seconds ago. */
    pressedBefore(seconds: number): Order {
      const asked = signer.sign({ ...statement, at: Date.now() - 120_000 })
      const claim = press(subjectOf(asked), asked, -seconds)
      return { request: asked, approvals: [said(marco, approving, asked, -60)], claim, attempt: 1 }
    },
    /** A request with something else in it that the bot did sign, with its own hash, and what people say about it. */
    asIfAsked(changes: { readonly [Key in keyof RequestBody]?: RequestBody[Key] | undefined }): Order {
      const { exceptionId, actor } = statement
      const body = { ...statement.body, ...changes } as RequestBody
      const requestHash = sha256(requestText(exceptionId, actor, body))
      const asked = signer.sign({ ...statement, requestHash, body })
      const claim = press(subjectOf(asked), asked)
      return { request: asked, approvals: [said(marco, approving, asked)], claim, attempt: 1 }
    },
  }
}
