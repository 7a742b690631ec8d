import { words } from '../core/text/en.ts'
import { Context } from '@temporalio/activity'
import { yes } from '../core/result.ts'
import type { Ports } from './ports.ts'
import { log } from '@temporalio/workflow' // refused: no-restricted-imports
import { Client } from '@temporalio/client' // refused: no-restricted-imports
import { Worker } from '@temporalio/worker' // refused: no-restricted-imports
import { ApplicationFailure } from '@temporalio/common' // refused: no-restricted-imports
import { Pool } from 'pg' // refused: no-restricted-imports
import { z } from 'zod' // refused: no-restricted-imports
import { readFileSync } from 'node:fs' // refused: no-restricted-imports
import { runner } from 'node-pg-migrate' // refused: no-restricted-imports
import { WebClient } from '@slack/web-api' // refused: no-restricted-imports
import type { life } from '../workflows/absent.ts' // refused: no-restricted-imports
import type { ledger } from '../adapters/postgres/absent.ts' // refused: no-restricted-imports
import type { click } from '../bot/actions/absent.ts' // refused: no-restricted-imports
import type { check } from '../verify/absent.ts' // refused: no-restricted-imports
import type { page } from '../sandbox/absent.ts' // refused: no-restricted-imports
import type { start } from '../main.ts' // refused: no-restricted-imports
import type { config } from '../settings/config.schema.ts' // refused: no-restricted-imports
import { sentence } from '../core/text/en/absent.ts' // refused: no-restricted-imports
