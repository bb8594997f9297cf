import type { ViewName } from '../../db/ledgers/tables.ts'

/** A view's name for rows that a test writes itself. */
export const named = (view: string) => view as ViewName
