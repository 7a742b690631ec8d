import type { z } from 'zod'
import {
  actionInput,
  closeInput,
  commandInput,
  passTimeInput,
  registerInput,
  reloadInput,
  reportInput,
  signInInput,
  submitInput,
  vpnInput,
} from './page-api.schema.ts'
import type {
  ActionInput,
  Answer,
  CloseInput,
  CommandInput,
  EntraView,
  PassTimeInput,
  RegisterInput,
  ReportInput,
  SignInAnswer,
  SignInInput,
  SubmitInput,
  VpnAnswer,
  VpnInput,
  Workspace,
} from './page-api.ts'

/** What a person can see and do in the embedded Slack. `workspaceOf` throws for an account that it does not know. */
type People = {
  readonly workspaceOf: (user: string) => Workspace
  readonly command: (user: string, input: CommandInput) => Promise<Answer>
  readonly action: (user: string, input: ActionInput) => Promise<Answer>
  readonly submit: (user: string, input: SubmitInput) => Promise<Answer>
  readonly close: (user: string, input: CloseInput) => Promise<Answer>
  /** Forgets what Slack forgets when a person reloads it: ephemeral messages and open views. */
  readonly reload: (user: string) => void
}

/** What a person can see and do at the directory's sign-in page. */
type DirectoryControls = {
  readonly view: () => EntraView
  readonly signIn: (input: SignInInput) => Promise<SignInAnswer>
  readonly register: (input: RegisterInput) => Promise<void>
  readonly report: (input: ReportInput) => Promise<void>
  readonly passTime: (input: PassTimeInput) => Promise<void>
}

/** What a person can do at the VPN. */
type Vpn = { readonly signIn: (input: VpnInput) => Promise<VpnAnswer> }

export type Parts = {
  /** Undefined until that part has started. */
  readonly slack: () => People | undefined
  readonly entra: () => DirectoryControls | undefined
  readonly vpn: () => Vpn | undefined
}

export type Reply = { readonly status: number; readonly body: unknown }

type Route = (parts: Parts, user: string, body: unknown) => Promise<Reply>

const done: Answer = { ok: true }

const routes: Readonly<Record<string, Route>> = {
  'as/command': asPerson(commandInput, (people, user, input) => people.command(user, input)),
  'as/action': asPerson(actionInput, (people, user, input) => people.action(user, input)),
  'as/submit': asPerson(submitInput, (people, user, input) => people.submit(user, input)),
  'as/close': asPerson(closeInput, (people, user, input) => people.close(user, input)),
  'as/reload': asPerson(reloadInput, async (people, user) => {
    people.reload(user)
    return done
  }),
  'entra/sign-in': atSignIn(signInInput, (entra, input) => entra.signIn(input)),
  'entra/register': atSignIn(registerInput, (entra, input) => entra.register(input).then(() => done)),
  'entra/report': atSignIn(reportInput, (entra, input) => entra.report(input).then(() => done)),
  'entra/pass-time': atSignIn(passTimeInput, (entra, input) => entra.passTime(input).then(() => done)),
  'vpn/sign-in': atVpn,
}

/** Carries out one POST of the page. Body and path are outside data: anything the page itself would not send is a 4xx. */
export async function route(parts: Parts, path: string, body: unknown): Promise<Reply> {
  const [, user = '', verb] = /^\/api\/as\/([A-Z0-9]{1,32})\/([a-z]+)$/.exec(path) ?? []
  const name = verb ? `as/${verb}` : path.replace(/^\/api\//, '')
  const found = Object.hasOwn(routes, name) ? routes[name] : undefined
  return found ? found(parts, user, body) : refusal(404, 'There is nothing here.')
}

/** An answer that says why a call was not carried out. */
export function refusal(status: number, notice: string): Reply {
  return { status, body: { ok: false, notice } satisfies Answer }
}

function asPerson<Input>(
  schema: z.ZodType<Input>,
  run: (people: People, user: string, input: Input) => Promise<Answer>,
): Route {
  return async ({ slack }, user, body) => {
    const people = slack()
    if (!people) return refusal(503, 'The workspace is still starting.')
    return withInput(schema, body, (input) => run(people, user, input))
  }
}

function atSignIn<Input>(
  schema: z.ZodType<Input>,
  run: (entra: DirectoryControls, input: Input) => Promise<Answer | SignInAnswer>,
): Route {
  return async ({ entra }, _user, body) => {
    const controls = entra()
    if (!controls) return refusal(503, 'The directory is still starting.')
    return withInput(schema, body, (input) => run(controls, input))
  }
}

async function atVpn({ vpn }: Parts, _user: string, body: unknown): Promise<Reply> {
  const gateway = vpn()
  if (!gateway) return refusal(503, 'The VPN is still starting.')
  return withInput(vpnInput, body, gateway.signIn)
}

async function withInput<Input>(
  schema: z.ZodType<Input>,
  body: unknown,
  run: (input: Input) => Promise<unknown>,
): Promise<Reply> {
  const input = schema.safeParse(body)
  if (!input.success) return refusal(400, 'That is not something this page sends.')
  return { status: 200, body: await run(input.data) }
}
