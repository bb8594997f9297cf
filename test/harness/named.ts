import type { ViewName } from '../../db/ledgers/tables.ts'

/** A view's name as it stands in a row, for rows that a test writes itself. */
export const named = (view: string) => view as ViewName
