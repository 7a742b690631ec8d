import { words } from '../text/en.ts'
import type { KnownBlock } from '@slack/types'
import type { PersonId } from '../ids.ts'
import { yes } from '../result.ts'
import { mayMint } from './may-mint.ts'
export { no } from '../result.ts'
import { z } from 'zod' // refused: no-restricted-imports
import { readFileSync } from 'node:fs' // refused: no-restricted-imports
import { createHash } from 'crypto' // refused: no-restricted-imports
import type { Pool } from 'pg' // refused: no-restricted-imports
import { WebClient } from '@slack/web-api' // refused: no-restricted-imports
import { App } from '@slack/bolt' // refused: no-restricted-imports
import { proxyActivities } from '@temporalio/workflow' // refused: no-restricted-imports
import type { User } from '@microsoft/microsoft-graph-types' // refused: no-restricted-imports
import { Block } from '@slack/types' // refused: no-restricted-imports
import type { life } from '../../workflows/absent.ts' // refused: no-restricted-imports
import type { admit } from '../../activities/absent.ts' // refused: no-restricted-imports
import type { ledger } from '../../adapters/postgres/absent.ts' // refused: no-restricted-imports
import type { click } from '../../bot/actions/absent.ts' // refused: no-restricted-imports
import type { check } from '../../verify/absent.ts' // refused: no-restricted-imports
import type { page } from '../../sandbox/absent.ts' // refused: no-restricted-imports
import type { start } from '../../main.ts' // refused: no-restricted-imports
import type { run } from '../../cli.ts' // refused: no-restricted-imports
import type { row } from './row.schema.ts' // refused: no-restricted-imports
import { sentence } from '../text/en/absent.ts' // refused: no-restricted-imports
export { parse } from 'yaml' // refused: no-restricted-imports
export * from 'zod' // refused: no-restricted-imports
export const later = (): Promise<unknown> => import('node:os') // refused: no-restricted-imports
