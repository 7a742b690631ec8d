import { words } from '../../core/text/en.ts'
import { createHash } from 'node:crypto'
import { App } from '@slack/bolt'
import type { View } from '@slack/types'
import { Client } from '@temporalio/client'
import { yes } from '../../core/result.ts'
import { decide } from '../../workflows/messages.ts'
import { payload } from './payload.schema.ts'
import { Pool } from 'pg' // refused: no-restricted-imports
import { z } from 'zod' // refused: no-restricted-imports
import { runner } from 'node-pg-migrate' // refused: no-restricted-imports
import { WebClient } from '@slack/web-api' // refused: no-restricted-imports
import { Worker } from '@temporalio/worker' // refused: no-restricted-imports
import { Context } from '@temporalio/activity' // refused: no-restricted-imports
import { log } from '@temporalio/workflow' // refused: no-restricted-imports
import { life } from '../../workflows/absent.ts' // refused: no-restricted-imports
import { more } from '../../workflows/messages-more.ts' // refused: no-restricted-imports
import { meter } from '../../workflows/meter.ts' // refused: no-restricted-imports
import { admit } from '../../activities/absent.ts' // refused: no-restricted-imports
import { ledger } from '../../adapters/postgres/absent.ts' // refused: no-restricted-imports
import { page } from '../../sandbox/absent.ts' // refused: no-restricted-imports
import { start } from '../../main.ts' // refused: no-restricted-imports
import { run } from '../../cli.ts' // refused: no-restricted-imports
import { sentence } from '../../core/text/en/absent.ts' // refused: no-restricted-imports
