import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveTemporal, temporalCache } from '../../../src/sandbox/temporal/source.ts'
import { temporaryFolder } from '../../setup/folder.ts'

const works = '#!/bin/sh\necho "temporal version 9.9.9 (Server 9, UI 9)"\n'
const broken = '#!/bin/sh\nexit 3\n'

let home: string
let cached: string
let server: Server | undefined

beforeEach(() => {
  home = temporaryFolder()
  cached = join(temporalCache({ HOME: home }), 'temporal')
})

afterEach(() => {
  server?.close()
  server?.closeAllConnections()
  server = undefined
})

describe('where Temporal comes from', () => {
  it('a running server that is named goes before everything', async () => {
    const onPath = program('bin/temporal', works)
    const env = { HALLPASS_SANDBOX_TEMPORAL_ADDRESS: '127.0.0.1:7233', TEMPORAL_CLI_PATH: onPath }
    expect(await resolve(env)).toMatchObject({ kind: 'running', address: '127.0.0.1:7233' })
  })

  it('then the program that is named, before the one on the PATH', async () => {
    program('bin/temporal', works)
    const named = program('named/temporal', works)
    expect(await resolve({ TEMPORAL_CLI_PATH: named })).toMatchObject({ kind: 'program', path: named })
  })

  it('a named program that does not work is an error and not passed over', async () => {
    program('bin/temporal', works)
    const named = program('named/temporal', broken)
    await expect(resolve({ TEMPORAL_CLI_PATH: named })).rejects.toThrow(/TEMPORAL_CLI_PATH/)
  })

  it('then the PATH, before the cache folder', async () => {
    inCache(works)
    const onPath = program('bin/temporal', works)
    expect(await resolve()).toMatchObject({ path: onPath })
  })

  it('then the cache folder; what is called temporal on the PATH and is something else is passed over', async () => {
    program('bin/temporal', '#!/bin/sh\necho "GNU temporal"\n')
    inCache(works)
    const { why } = await resolve()
    expect(why).toBe(`it is in the cache folder: ${cached}`)
  })

  it('then the official download of exactly this version, which is kept', async () => {
    const asked: string[] = []
    const archives = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end(archiveOf(works))
    })
    expect((await resolve({}, archives)).why).toContain('it was downloaded')
    expect(asked[0]).toMatch(/^\/v1\.5\.1\?platform=\w+&arch=\w+$/)
    expect((await resolve()).why).toContain('cache folder')
    expect(readdirSync(temporalCache({ HOME: home }))).toEqual(['temporal'])
  })
})

describe('when there is no download', () => {
  it.each<[string, RequestListener]>([
    ['it is refused', (_, response) => void response.writeHead(403).end()],
    [
      'it is cut off',
      (_, response) =>
        void response.writeHead(200, { 'content-length': 9999 }).write('x', () => response.destroy()),
    ],
    [
      'it is something else',
      (_, response) => void response.end('<html>Please sign in to this network</html>'),
    ],
  ])('Go builds it: %s', async (_why, listener) => {
    program(
      'bin/go',
      `#!/bin/sh\nprintf '%s ' "$@" > "${home}/go-args"\nprintf '#!/bin/sh\\necho temporal version 1\\n' > "$GOBIN/temporal"\nchmod +x "$GOBIN/temporal"\n`,
    )
    expect((await resolve({}, await serve(listener))).why).toContain('it was built with Go')
    expect(readFileSync(join(home, 'go-args'), 'utf8')).toContain(
      'github.com/temporalio/cli/cmd/temporal@v1.5.1',
    )
    expect(readdirSync(temporalCache({ HOME: home }))).toEqual(['temporal'])
  })

  it('a server that never answers costs seconds, not minutes', async () => {
    const silent = await serve(() => undefined)
    const began = Date.now()
    await expect(resolve({}, silent)).rejects.toThrow(/no answer for 5 s/)
    expect(Date.now() - began).toBeLessThan(8000)
  })

  it('without Go either, one sentence says what was tried and what to do, and nothing half is left', async () => {
    await expect(resolve({}, 'http://127.0.0.1:1')).rejects.toThrow(
      /Download: .*Go: .*Install the Temporal CLI/,
    )
    expect(readdirSync(temporalCache({ HOME: home }))).toEqual([])
  })

  it('a build that fails leaves nothing, and says the last that Go said', async () => {
    program('bin/go', '#!/bin/sh\necho half > "$GOBIN/temporal"\necho "disk full" >&2\nexit 1\n')
    await expect(resolve({}, 'http://127.0.0.1:1')).rejects.toThrow(/disk full/)
    expect(existsSync(cached)).toBe(false)
  })
})

function resolve(env: Record<string, string> = {}, archives = 'http://127.0.0.1:1') {
  const path = `${join(home, 'bin')}:/usr/bin:/bin`
  const signal = new AbortController().signal
  return resolveTemporal({
    env: { HOME: home, PATH: path, ...env },
    says: nobody,
    ticks: nobody,
    signal,
    archives,
  })
}

function nobody(): void {}

function program(name: string, text: string): string {
  const path = join(home, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

function inCache(text: string): void {
  mkdirSync(join(cached, '..'), { recursive: true })
  writeFileSync(cached, text)
  chmodSync(cached, 0o755)
}

function archiveOf(text: string): Buffer {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'temporal'), text)
  chmodSync(join(folder, 'temporal'), 0o755)
  return execFileSync('tar', ['-czf', '-', '-C', folder, 'temporal'])
}

function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  return new Promise((done) => {
    started.listen(0, '127.0.0.1', () => {
      const address = started.address()
      done(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    })
  })
}
