import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSignedCertificate } from '../sandbox/entra/self-signed-certificate.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { startFreeRadius, type FreeRadius } from '../setup/freeradius.ts'
import { gateway, startVerifying, type Verifying } from './verify.ts'

let verifying: Verifying
let radius: FreeRadius

beforeAll(async () => {
  verifying = await startVerifying()
  radius = await startFreeRadius({ site: 'site-second-factor', verifyUrl: verifying.url, check: gateway })
})

afterAll(async () => {
  await radius.stop()
  await verifying.close()
})

describe('a VPN that asks the real FreeRADIUS', () => {
  it('lets a person in once with the code, and not a second time', async () => {
    const { code } = await verifying.issue({ userName: 'once' })
    expect((await radius.signIn('once', code)).accepted).toBe(true)
    const second = await radius.signIn('once', code)
    expect(second.accepted).toBe(false)
    expect(second.text).toContain('Access-Reject')
    expect(second.text).toContain('This was not accepted.')
  })

  it('takes a code as people type it', async () => {
    const { code } = await verifying.issue({ userName: 'typist' })
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect((await radius.signIn('TYPIST', typed)).accepted).toBe(true)
  })

  it('knows a name with letters beyond ASCII, however they are put together', async () => {
    const { code } = await verifying.issue({ userName: 'björn.łęcki' })
    expect((await radius.signIn('bjorn.lecki', code)).accepted).toBe(false)
    expect((await radius.signIn('Bjo\u0308rn.Łęcki', code)).accepted).toBe(true)
  })

  it('lets nobody in with another code, for another user, or where nothing was issued', async () => {
    const one = await verifying.issue({ userName: 'one' })
    const other = await verifying.issue({ userName: 'other' })
    expect((await radius.signIn('one', other.code)).accepted).toBe(false)
    expect((await radius.signIn('nobody', one.code)).accepted).toBe(false)
    expect((await radius.signIn('one', '')).accepted).toBe(false)
    expect((await radius.signIn('one', one.code)).accepted).toBe(true)
  })

  it('does not take the code of another application', async () => {
    const { code } = await verifying.issue({ userName: 'elsewhere', application: 'intranet' })
    expect((await radius.signIn('elsewhere', code)).accepted).toBe(false)
  })

  it('lets nobody in a moment after the time is over, whatever any timer does', async () => {
    const { code } = await verifying.issue({ userName: 'late', lifetime: 1 })
    await sleep(1_050)
    expect((await radius.signIn('late', code)).accepted).toBe(false)
  })

  it('lets a person in until the time it was extended to, and not a second longer', async () => {
    const [inTime, tooLate] = [
      await verifying.issue({ userName: 'longer', lifetime: 2 }),
      await verifying.issue({ userName: 'too-late', lifetime: 2 }),
    ]
    const until = Date.now() + 5_000
    const extended = await Promise.all(
      [inTime, tooLate].map(({ id }) => verifying.issuer.extend('entra:dana', id, until)),
    )
    expect(extended).toMatchObject([{ value: { expiresAt: until } }, { value: { expiresAt: until } }])
    await sleep(2_100)
    expect((await radius.signIn('longer', inTime.code)).accepted).toBe(true)
    await sleep(until + 10 - Date.now())
    expect((await radius.signIn('too-late', tooLate.code)).accepted).toBe(false)
  })

  it('lets nobody in whose code was ended, and whoever extends it is refused', async () => {
    const { code, id } = await verifying.issue({ userName: 'ended' })
    await verifying.issuer.end(id)
    const later = Date.now() + 600_000
    expect(await verifying.issuer.extend('entra:dana', id, later)).toEqual({ ok: false, reason: 'over' })
    expect((await radius.signIn('ended', code)).accepted).toBe(false)
  })

  it('lets exactly one of fifty in who come at the same instant', async () => {
    const { code } = await verifying.issue({ userName: 'crowd' })
    const answers = await Promise.all(Array.from({ length: 50 }, () => radius.signIn('crowd', code)))
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1)
  })

  it('does not forget a use when the check is restarted in between', async () => {
    const used = await verifying.issue({ userName: 'before' })
    const open = await verifying.issue({ userName: 'after' })
    expect((await radius.signIn('before', used.code)).accepted).toBe(true)
    await verifying.restart()
    expect((await radius.signIn('before', used.code)).accepted).toBe(false)
    expect((await radius.signIn('after', open.code)).accepted).toBe(true)
  })

  it('voids a code after five wrong tries', async () => {
    const { code } = await verifying.issue({ userName: 'guessed' })
    for (const guess of ['1', '2', '3', '4', '5']) await radius.signIn('guessed', guess)
    expect((await radius.signIn('guessed', code)).accepted).toBe(false)
  })

  it('writes neither what was typed nor a code into the log of the check', () => {
    const log = readFileSync(verifying.logFile, 'utf8')
    expect(log).toContain('checking')
    expect(log).not.toMatch(/[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/)
  })
})

const stateIn = (answer: string): string => /State = (0x[0-9a-f]+)/.exec(answer)?.[1] ?? ''

describe('a VPN that leaves the password to FreeRADIUS as well', () => {
  let both: FreeRadius

  beforeAll(async () => {
    const known = ['dana', 'mallory'].map((user) => `${user} Cleartext-Password := "of-${user}"`)
    const users = [...known, 'trusted Auth-Type := Accept', 'hasty Auth-Type := hallpass'].join('\n')
    const site = 'site-password-then-code'
    both = await startFreeRadius({ site, verifyUrl: verifying.url, check: gateway, users })
  }, 30_000)

  afterAll(() => both.stop())

  const passwordOf = (user: string) => both.send({ 'User-Name': user, 'User-Password': `of-${user}` })

  it('asks for the code only after the password has passed', async () => {
    const { code } = await verifying.issue({ userName: 'dana' })
    expect(await both.send({ 'User-Name': 'dana', 'User-Password': code })).toContain('Access-Reject')
    const asked = await passwordOf('dana')
    expect(asked).toContain('Access-Challenge')
    expect(asked).toContain('Type the code that Hallpass has shown you.')
    const state = stateIn(asked)
    expect(await both.send({ 'User-Name': 'dana', 'User-Password': code, State: state })).toContain(
      'Access-Accept',
    )
    expect(await both.send({ 'User-Name': 'dana', 'User-Password': code, State: state })).toContain(
      'Access-Reject',
    )
  })

  it('lets nobody in without a code whom another module accepts', async () => {
    expect(await passwordOf('trusted')).toContain('Received Access-Reject')
  })

  it('asks for no code and uses none up where another module leaves the password out', async () => {
    const { code } = await verifying.issue({ userName: 'hasty' })
    expect(await both.send({ 'User-Name': 'hasty', 'User-Password': code })).toContain('Access-Reject')
    const uses = await verifying.pool.query(
      `select from local_use join local_credential on id = credential_id where user_name = 'hasty'`,
    )
    expect(uses.rowCount).toBe(0)
  })

  it('does not take one person’s password for another person’s first step, or a made-up step', async () => {
    const { code } = await verifying.issue({ userName: 'dana' })
    const state = stateIn(await passwordOf('mallory'))
    for (const step of [state, '0x00112233445566778899aabbccddeeff']) {
      expect(await both.send({ 'User-Name': 'dana', 'User-Password': code, State: step })).toContain(
        'Access-Reject',
      )
    }
  })
})

describe('a FreeRADIUS that asks by https', () => {
  const { certificate, privateKey } = selfSignedCertificate('localhost')
  const shipped = fileURLToPath(new URL('../../deploy/freeradius', import.meta.url))

  it('trusts the authority that its module names, for the name of the server alone', async () => {
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const server = createServer({ cert: certificate, key }, (_request, response) => {
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const configuration = join(temporaryFolder(), 'freeradius')
    cpSync(shipped, configuration, { recursive: true })
    const asks = async (host: string): Promise<boolean> => {
      const verifyUrl = `https://${host}:${port}`
      const one = await startFreeRadius({
        configuration,
        site: 'site-second-factor',
        verifyUrl,
        check: gateway,
      })
      const { accepted } = await one.signIn('dana', 'code')
      await one.stop()
      return accepted
    }
    expect(await asks('localhost')).toBe(false)
    const [module, authority] = [join(configuration, 'module'), join(configuration, 'ca.pem')]
    writeFileSync(authority, certificate)
    const named = `ca_info_file = "${authority}"`
    writeFileSync(module, readFileSync(module, 'utf8').replace(/# ca_info_file = .*/, named))
    expect(await asks('localhost')).toBe(true)
    expect(await asks('127.0.0.1')).toBe(false)
    server.closeAllConnections()
    server.close()
  }, 30_000)
})
