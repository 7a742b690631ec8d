import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startChild } from '../../../src/sandbox/child.ts'
import { freePort } from '../../../src/sandbox/free-port.ts'
import { startFreeRadius, type FreeRadius } from '../../../src/sandbox/vpn/freeradius.ts'
import { createVpn, type Vpn } from '../../../src/sandbox/vpn/gateway.ts'
import { versionOf } from '../../../src/sandbox/vpn/installed.ts'
import { readRadius } from '../../../src/verify/questions.schema.ts'
import { gateway as check, startVerifying, type Verifying } from '../../radius/verify.ts'
import { taken } from '../../setup/offer.ts'

const otherwise = 'FreeRADIUS is not installed here'
const direct = `${otherwise}: asked Hallpass's HTTP check directly.`

let verifying: Verifying
let folder: string

beforeAll(async () => {
  verifying = await startVerifying()
  folder = mkdtempSync(join(inject('folder'), 'vpn-'))
})

afterAll(() => verifying.close())

const logFile = () => join(folder, 'freeradius.log')

function freeRadius(verifyUrl: string): Promise<FreeRadius> {
  const installed = taken(inject('freeradius'))
  const site = 'site-second-factor'
  return startFreeRadius({
    installed,
    launch: startChild,
    folder,
    logFile: logFile(),
    site,
    verifyUrl,
    check,
  })
}

/** What a person reads, in the order of the tries. */
async function tries(vpn: Vpn, userName: string, codes: readonly string[]): Promise<readonly string[]> {
  const says: string[] = []
  for (const code of codes) says.push((await vpn.signIn({ userName, code })).says)
  return says
}

const storyOf = ['Refused.', 'Refused.', 'Let in.', 'Refused.']

describe('the VPN of the workspace', () => {
  it('asks the real FreeRADIUS: a right code lets its user in once, everything else is refused', async () => {
    const server = await freeRadius(verifying.url)
    const version = await versionOf(taken(inject('freeradius')))
    const vpn = createVpn({ radius: { server, version }, otherwise, verifyUrl: verifying.url, check })
    const { code } = await verifying.issue({ userName: 'radius' })
    const stranger = await vpn.signIn({ userName: 'stranger', code })
    expect(stranger).toEqual({
      ok: false,
      says: 'Refused.',
      asked: `Asked FreeRADIUS ${version}, which asked Hallpass.`,
    })
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(await tries(vpn, 'radius', ['', 'wrong', code, code])).toEqual(storyOf)
    await server.stop()
    const { asked } = await vpn.signIn({ userName: 'radius', code })
    expect(asked).toBe("FreeRADIUS has ended: asked Hallpass's HTTP check directly.")
    for (const log of [logFile(), verifying.logFile]) expect(readFileSync(log, 'utf8')).not.toContain(code)
  })

  it('asks the HTTP check itself where there is no FreeRADIUS, and says so', async () => {
    const vpn = createVpn({ radius: undefined, otherwise, verifyUrl: verifying.url, check })
    const { code } = await verifying.issue({ userName: 'direct' })
    expect(await vpn.signIn({ userName: 'stranger', code })).toMatchObject({
      says: 'Refused.',
      asked: direct,
    })
    expect(await tries(vpn, 'direct', ['', 'wrong', code, code])).toEqual(storyOf)
  })

  it('lets nobody in when nobody answers, or somebody answers something else', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const nobody = { ok: false, says: 'Refused: nobody answered.', asked: direct }
    for (const options of [
      { verifyUrl: nowhere, check },
      { verifyUrl: verifying.url, check: { ...check, secret: 'another-secret-0000' } },
    ]) {
      const vpn = createVpn({ radius: undefined, otherwise, ...options })
      expect(await vpn.signIn({ userName: 'dana', code: 'x' })).toEqual(nobody)
    }
  })

  it('hands on letter by letter what was typed', async () => {
    const bodies: string[] = []
    const hears = createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)))
      request.on('end', () => response.writeHead(401).end())
    })
    await new Promise<void>((resolve) => void hears.listen(0, '127.0.0.1', resolve))
    const address = hears.address()
    const verifyUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const server = await freeRadius(verifyUrl)
    const vpn = createVpn({ radius: { server, version: '' }, otherwise, verifyUrl, check })
    const typed = ['%{User-Name}', `it's "x", y = z`, String.raw`a\b`, '`id`', '0x4142', '$ENV{HOME}']
    for (const code of typed) await vpn.signIn({ userName: code, code })
    await server.stop()
    hears.closeAllConnections()
    hears.close()
    const heard = bodies.map((body) => {
      const asked = readRadius(body)
      return [asked?.userName, asked?.typed.reveal((value) => value)]
    })
    expect(heard).toEqual(typed.map((code) => [code, code]))
  })
})
