import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { project } from './compose.ts'

/** What the last stage of the Dockerfile says about the image. */
export type Image = {
  /** Where its files lie here. */
  readonly root: string
  readonly environment: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly healthcheck: readonly string[]
}

const dockerfile = readFileSync(join(project, 'Dockerfile'), 'utf8').replaceAll('\\\n', '')
const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))

/** Copies what the Dockerfile copies into the image to `root`: the built program, and the packages without those for development. */
export function layOut(root: string): Image {
  for (const [, stage, source = '', target = ''] of lastStage.matchAll(copies))
    copy(stage, source, join(root, appFolder, target))
  for (const left of leftOut()) rmSync(join(root, appFolder, left), { recursive: true, force: true })
  return {
    root,
    environment: environmentOf(),
    entrypoint: listAfter('ENTRYPOINT'),
    healthcheck: listAfter('CMD', healthLine()),
  }
}

const appFolder = '/app'
const copies = /^COPY (?:--from=(\w+) )?(\S+) (\.\S+)$/gm

function copy(stage: string | undefined, source: string, target: string): void {
  const from = join(project, stage === undefined ? source : source.replace(`${appFolder}/`, ''))
  if (stage === 'packages') return copyPackages(dirname(from), target)
  cpSync(from, target, { recursive: true })
}

/** As `npm ci --omit=dev` would: what the lock file does not mark as for development or for other machines. */
function copyPackages(from: string, target: string): void {
  const { packages } = JSON.parse(readFileSync(join(from, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
  }
  const wanted = Object.entries(packages)
    .filter(
      ([path, { dev }]) => path.startsWith('node_modules/') && dev !== true && existsSync(join(from, path)),
    )
    .map(([path]) => path.slice('node_modules/'.length))
  mkdirSync(target, { recursive: true })
  // The same bytes on the disk, where it can be: a hundred megabytes are not worth a copy.
  for (const path of wanted.filter((one) => !one.includes('/node_modules/')))
    link(join(from, 'node_modules', path), join(target, path))
}

function link(from: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  try {
    execFileSync('cp', ['-al', from, target], { stdio: 'pipe' })
  } catch {
    cpSync(from, target, { recursive: true })
  }
}

/** What the build removes again. */
function leftOut(): readonly string[] {
  const [, paths = ''] = /rm -rf ([\w./ -]+)$/m.exec(dockerfile) ?? []
  return paths.split(' ').filter(Boolean)
}

function environmentOf(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(lastStage.matchAll(/^ENV (\w+)=(\S+)$/gm), ([, name = '', value = '']) => [name, value]),
  )
}

function healthLine(): string {
  return /^HEALTHCHECK .*$/m.exec(lastStage)?.[0] ?? ''
}

function listAfter(instruction: string, text = lastStage): readonly string[] {
  const found = new RegExp(`(?:^|\\s)${instruction} (\\[.*\\])\\s*$`, 'm').exec(text)?.[1]
  if (found === undefined) throw new Error(`The Dockerfile says nothing after ${instruction}.`)
  return JSON.parse(found) as readonly string[]
}
