import { Connection } from '@temporalio/client'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import { createDatabase } from './postgres.ts'
import { temporalServer } from './temporal.ts'

it('each test file has a database of its own, which the other roles of the machine can not reach', async () => {
  const [one, two] = await Promise.all([createDatabase('nothing'), createDatabase()])
  const client = new Client({ connectionString: one.programUrl })
  await client.connect()
  const answer = await client.query('select current_user, current_database() as name')
  expect(answer.rows[0]).toMatchObject({ current_user: 'hallpass_app' })
  expect(one.programUrl).not.toBe(two.programUrl)
  await client.end()
  await Promise.all([one.drop(), two.drop()])
  await expect(new Client({ connectionString: one.programUrl }).connect()).rejects.toMatchObject({
    code: '3D000',
  })
})

it('the namespace of the tests keeps histories for 90 days and knows HallpassId', async () => {
  const { address, namespace } = temporalServer()
  const connection = await Connection.connect({ address })
  const described = await connection.workflowService.describeNamespace({ namespace })
  expect(Number(described.config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 60 * 60)
  const attributes = await connection.operatorService.listSearchAttributes({ namespace })
  expect(Object.keys(attributes.customAttributes)).toContain('HallpassId')
  await connection.close()
})

it('the browser of the tests runs here', async () => {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  await page.setContent('<h1>Hallpass</h1>')
  expect(await page.getByRole('heading').textContent()).toBe('Hallpass')
  await browser.close()
})
