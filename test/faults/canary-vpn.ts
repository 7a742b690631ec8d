import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { startChild } from '../../src/sandbox/child.ts'
import { watchExceptions } from '../../src/sandbox/exceptions.ts'
import { startPage } from '../../src/sandbox/page-server.ts'
import { startFreeRadius } from '../../src/sandbox/vpn/freeradius.ts'
import { createVpn } from '../../src/sandbox/vpn/gateway.ts'
import { taken } from '../setup/offer.ts'
import { place, type Place } from './canary.ts'
import type { Scene } from './scene.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' }
const portal = { name: 'portal', secret: 'the-secret-of-the-portal-0001' }

/** The doors that a bypass opens, and the page of the embedded workspace beside them. */
export type Doors = Awaited<ReturnType<typeof openDoors>>

/** Starts `hallpass verify`, a FreeRADIUS for each of the two shipped sites, the workspace's VPN, and its page. */
export async function openDoors(scene: Scene, users: string) {
  const { slack, entra, environment: env, namespace } = scene
  const verifyUrl = await scene.verify({ [gateway.name]: gateway.secret, [portal.name]: portal.secret })
  const radiusLogs: string[] = []
  const radiusFor = (site: 'site-second-factor' | 'site-password-then-code') => {
    const folder = mkdtempSync(join(inject('folder'), `${site}-`))
    const logFile = join(folder, 'radius.log')
    radiusLogs.push(logFile)
    const installed = taken(inject('freeradius'))
    return startFreeRadius({
      installed,
      launch: startChild,
      folder,
      logFile,
      site,
      verifyUrl,
      check: gateway,
      users,
    })
  }
  const [server, both] = await Promise.all([
    radiusFor('site-second-factor'),
    radiusFor('site-password-then-code'),
  ])
  const vpn = createVpn({ radius: { server, version: 'test' }, otherwise: '', verifyUrl, check: gateway })
  const watching = watchExceptions({
    databaseUrl: scene.database.programUrl,
    address: env['TEMPORAL_ADDRESS'] ?? '',
    namespace,
    uiUrl: 'http://127.0.0.1',
    onChange: () => undefined,
  })
  const page = await startPage({
    port: 0,
    progress: () => ({ ready: true, story: '', steps: [] }),
    slack: () => slack.people,
    entra: () => entra.controls,
    vpn: () => vpn,
    exceptions: watching.current,
    subscribe: () => () => undefined,
  })
  /** Whatever anybody at a door was answered. */
  const answers: Place[] = []
  const answered = async (where: string, response: Response): Promise<string> => {
    const text = `${response.status} ${await response.text()}`
    answers.push(place(where, text))
    return text
  }
  return {
    answers,
    radiusLogs,
    /** At the page's VPN, which asks FreeRADIUS for the second factor. */
    signIn: async (userName: string, code: string): Promise<string> =>
      answered(
        'answer of the VPN',
        await post(`${page.url}/api/vpn/sign-in`, JSON.stringify({ userName, code }), { origin: page.url }),
      ),
    /** At the FreeRADIUS that checks the password as well. */
    both: both.gateway,
    /** As the portal asks, whatever stands in the question. */
    askAs: async (who: 'portal' | 'stranger', body: string): Promise<string> => {
      const secret = { portal: portal.secret, stranger: 'another-secret-0000' }[who]
      const basic = Buffer.from(`${portal.name}:${secret}`).toString('base64')
      const url = `${verifyUrl}/verify/rest2f`
      return answered('answer of the check', await post(url, body, { authorization: `Basic ${basic}` }))
    },
    /** What the page shows to each of these people at this moment. */
    pages: (people: readonly string[]): Promise<readonly Place[]> =>
      Promise.all(
        people.map(async (user) =>
          place(`page of ${user}`, await firstEvents(`${page.url}/api/events?as=${user}`)),
        ),
      ),
    async close() {
      await Promise.all([page.close(), watching.stop(), server.stop(), both.stop()])
    },
  }
}

function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

/** What a page that connects now is sent at once: workspace, directory, exceptions. */
async function firstEvents(url: string): Promise<string> {
  const leaving = new AbortController()
  const { body } = await fetch(url, { signal: leaving.signal })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes('event: exceptions\n') && text.endsWith('\n\n')) break
  }
  leaving.abort()
  return text
}
