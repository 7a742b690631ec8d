import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { temporalCache } from '../../src/sandbox/temporal/source.ts'
import { findProductionServer } from '../cluster/production-server.ts'
import { temporaryFolder } from '../setup/folder.ts'

const nothing = () => expect.fail('nothing was to be built')
const bare = () => ({ HOME: temporaryFolder(), PATH: '/nonexistent' })

it('a machine without Go is told what to install', async () => {
  const said: string[] = []
  const found = findProductionServer(
    (sentence) => said.push(sentence),
    () => undefined,
    bare(),
  )
  await expect(found).rejects.toThrow(
    /production server can't be had \(go could not be started\)\. Install Go/,
  )
  expect(said).toEqual([
    expect.stringMatching(/^No Temporal's production server here: building go\.temporal\.io/),
  ])
})

it('what was built once is taken from the cache folder, without Go', async () => {
  const env = bare()
  const folder = join(dirname(temporalCache(env)), 'temporal-server-1.32.0-ui-2.54.1')
  for (const path of [
    'bin/temporal-server',
    'bin/temporal-sql-tool',
    'bin/ui-server',
    'bin/temporal',
    'config/docker.yaml',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
  expect(await findProductionServer(nothing, nothing, env)).toEqual({
    bin: join(folder, 'bin'),
    uiRoot: folder,
  })
})
