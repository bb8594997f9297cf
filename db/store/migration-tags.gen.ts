/* Made by db/migrations/bundle.ts from the SQL beside it: run `npm run db:generate`, never edit. */
export const tags: readonly string[] = [
  '0000_schema',
  '0001_constraints',
  '0002_delivery',
  '0003_clock',
  '0004_waiting',
  '0005_voters',
  '0006_quarter',
  '0007_circles',
  '0008_copies',
  '0009_written_views',
  '0010_undecided_index',
  '0011_elections_by_branch',
  '0012_talks',
  '0013_credit_sources',
  '0014_talk_indexes',
  '0015_credits_as_before',
]
