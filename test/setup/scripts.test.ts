import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complaintAboutNode } from '../../scripts/setup/node-version.mjs'
import { packagesAreCurrent } from '../../scripts/setup/packages.mjs'
import { startProgressServer } from '../../scripts/setup/progress-server.mjs'
import { hashOf, stampMatches, writeStamp } from '../../scripts/setup/stamp.mjs'
import { countTests } from '../../scripts/setup/tally.mjs'
import { temporaryFolder } from './folder.ts'

describe('what is done again', () => {
  it('nothing, while no file has changed', () => {
    const root = tree()
    const stamp = join(root, 'stamp')
    writeStamp(stamp, hashOf(root, ['src']))
    expect(stampMatches(stamp, hashOf(root, ['src']))).toBe(true)
  })

  it.each([
    ['a changed file', (root: string) => writeFileSync(join(root, 'src', 'a.ts'), 'b')],
    ['a new file', (root: string) => writeFileSync(join(root, 'src', 'b.ts'), '')],
    ['a longer name with the same bytes', (root: string) => writeFileSync(join(root, 'src', 'aa.ts'), 'a')],
  ])('everything, after %s', (_change, change) => {
    const root = tree()
    const before = hashOf(root, ['src'])
    change(root)
    expect(hashOf(root, ['src'])).not.toBe(before)
  })

  it('the installation, when the packages were never installed to the end', () => {
    const root = tree()
    mkdirSync(join(root, 'node_modules'))
    expect(packagesAreCurrent(root)).toBe(false)
  })
})

describe('the version of Node', () => {
  it.each(['18.20.0', '20.18.3'])('%s is too old, and a sentence says so', (version) => {
    expect(complaintAboutNode(version)).toContain(`this is Node ${version}`)
  })

  it.each(['20.19.0', '22.1.0', '24.0.0'])('%s will do', (version) => {
    expect(complaintAboutNode(version)).toBeUndefined()
  })
})

describe('the last line of npm test', () => {
  it('a run that failed without a failed test counts as one failure', () => {
    expect(countTests(1, { numPassedTests: 7, numFailedTests: 0 })).toEqual({ passed: 7, failed: 1 })
    expect(countTests(1, undefined)).toEqual({ passed: 0, failed: 1 })
  })

  it('failed tests are counted as they are', () => {
    expect(countTests(1, { numPassedTests: 7, numFailedTests: 2 })).toEqual({ passed: 7, failed: 2 })
    expect(countTests(0, { numPassedTests: 9, numFailedTests: 0 })).toEqual({ passed: 9, failed: 0 })
  })
})

describe('the page before anything is installed', () => {
  const steps = [{ name: 'Packages', state: 'running', detail: '3 s' }]

  it('shows the progress, says that it is the set-up, and gives the port back', async () => {
    const server = await startProgressServer(0, () => ({ ready: false, steps }))
    const url = `http://127.0.0.1:${server.port}`
    const progress = await fetch(`${url}/api/progress`)
    expect(await progress.json()).toEqual({ ready: false, steps })
    expect(progress.headers.get('x-hallpass-setup')).toBe('1')
    expect(await (await fetch(url)).text()).toContain('progress.js')
    await expect(startProgressServer(server.port, () => undefined)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    await server.close()
    const next = await startProgressServer(server.port, () => ({ ready: false, steps: [] }))
    await next.close()
  })

  it('a name of another site that leads to this machine is turned away', async () => {
    const server = await startProgressServer(0, () => ({ ready: false, steps }))
    const status = await new Promise((resolve, reject) => {
      request(
        { port: server.port, host: '127.0.0.1', headers: { host: `evil.example:${server.port}` } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        },
      )
        .once('error', reject)
        .end()
    })
    expect(status).toBe(421)
    await server.close()
  })
})

function tree(): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'src', 'a.ts'), 'a')
  writeFileSync(join(root, 'package.json'), '{}')
  writeFileSync(join(root, 'package-lock.json'), '{}')
  return root
}
