import { words } from '../core/text/en.ts'
import { proxyActivities } from '@temporalio/workflow'
import { yes } from '../core/result.ts'
import { decide } from './messages.ts'
import type { admit } from '../activities/absent.ts'
import { Client } from '@temporalio/client' // refused: no-restricted-imports
import { Worker } from '@temporalio/worker' // refused: no-restricted-imports
import { Context } from '@temporalio/activity' // refused: no-restricted-imports
import { toPayload } from '@temporalio/common' // refused: no-restricted-imports
import { z } from 'zod' // refused: no-restricted-imports
import { Pool } from 'pg' // refused: no-restricted-imports
import { readFileSync } from 'node:fs' // refused: no-restricted-imports
import type { KnownBlock } from '@slack/types' // refused: no-restricted-imports
import { grant } from '../activities/absent.ts' // refused: no-restricted-imports
import type { ledger } from '../adapters/postgres/absent.ts' // refused: no-restricted-imports
import type { click } from '../bot/actions/absent.ts' // refused: no-restricted-imports
import type { check } from '../verify/absent.ts' // refused: no-restricted-imports
import type { page } from '../sandbox/absent.ts' // refused: no-restricted-imports
import type { start } from '../main.ts' // refused: no-restricted-imports
import type { run } from '../cli.ts' // refused: no-restricted-imports
import type { config } from '../settings/config.schema.ts' // refused: no-restricted-imports
import { sentence } from '../core/text/en/absent.ts' // refused: no-restricted-imports

export const env = process.env // refused: no-restricted-globals
export const call = fetch('http://127.0.0.1') // refused: no-restricted-globals
export const hash = crypto.randomUUID() // refused: no-restricted-globals
export const tick = performance.now() // refused: no-restricted-globals
