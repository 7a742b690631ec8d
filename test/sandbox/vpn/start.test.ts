import { EventEmitter, once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Child } from '../../../src/sandbox/child.ts'
import { startVpn, type StartVpnOptions } from '../../../src/sandbox/vpn/start.ts'
import type { Vpn } from '../../../src/sandbox/vpn/gateway.ts'
import { temporaryFolder } from '../../setup/folder.ts'

describe('the start of the VPN', () => {
  it('a FreeRADIUS that can not be started, or is not there, is said and stops nothing else', async () => {
    const steps: string[] = []
    const stops: (() => Promise<void>)[] = []
    const vpns: Vpn[] = []
    await startVpn({
      ...world(),
      launch: (program) =>
        program.name === 'freeradius' ? Promise.reject(new Error('No memory.')) : Promise.resolve(idle()),
      step: (...step) => void steps.push(step.join(' ')),
      says: () => undefined,
      signal: new AbortController().signal,
      started: ({ stop, vpn }) => {
        stops.push(stop)
        if (vpn) vpns.push(vpn)
      },
    })
    expect(steps.at(-1)).toMatch(
      /^FreeRADIUS done FreeRADIUS (?:does not run|is not installed) here: the VPN asks Hallpass's HTTP check directly\.$/,
    )
    const answer = await vpns[0]?.signIn({ userName: 'dana', code: 'x' })
    expect(answer?.ok).toBe(false)
    expect(answer?.asked).toMatch(/here: asked Hallpass's HTTP check directly\.$/)
    for (const stop of stops) await stop()
  })
})

function world(): Omit<StartVpnOptions, 'launch' | 'step' | 'says' | 'signal' | 'started'> {
  const path = temporaryFolder()
  const logs = join(path, 'logs')
  mkdirSync(logs)
  const folder = {
    path,
    story: 'one',
    logs,
    processes: join(path, 'processes'),
    ended: [],
    release: () => undefined,
  }
  return {
    cliPath: '/nowhere',
    folder,
    policyFile: '/policy.yaml',
    databaseUrl: 'postgresql://127.0.0.1/none',
    keys: {},
  }
}

/** A program that runs until it is stopped and answers nobody. */
function idle(): Child {
  const stopped = new EventEmitter()
  const ended = once(stopped, 'stopped').then(() => 'ended')
  return {
    pid: 0,
    ended,
    running: () => true,
    stop: () => Promise.resolve(void stopped.emit('stopped')),
  }
}
