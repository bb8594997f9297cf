// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text, templates among them.
/** A small change that makes the product wrong, and the tests that must notice it. */
export interface Mutant {
  what: string
  file: string
  from: string
  to: string
  /** Test files that must kill it, of which one failing test is enough. */
  by: string
  /** Only tests with names like this are run, where a file takes long. */
  only?: string
}

type Row = readonly [what: string, from: string, to: string, only?: string]

const of = (file: string, by: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([what, from, to, only]) => ({ what, file, from, to, by, ...(only ? { only } : {}) }))

export const mutants: readonly Mutant[] = [
  ...of('src/rules/duties/settle.ts', 'test/assessment/waiting.test.ts', [
    ['what waits is missing', "if (!isLate) return 'waiting'", '', 'an idle assessor'],
    ['a late word waits too', "if (!isLate) return 'waiting'", "return 'waiting'", 'a word that came late'],
    ['the branch’s own answer decides', "proposed ? 'waiting' :", "proposed ? 'met' :", 'an idle assessor'],
  ]),
  ...of('src/rules/assessment/publication.ts', 'test/assessment/publication.test.ts', [
    ['silence that nobody reminded is zero', '(!isReminded && unansweredIn(duties, quarter).length > 0)', 'false'],
    ['an item judged for some counts', 'judged < asked)', 'judged === 0)'],
  ]),
  ...of('src/feishu/door/open-body.ts', 'test/door/verify.test.ts', [
    [
      'a signature by !==',
      'sameSecret(signature, signatureOf(timestamp, nonce, encryptKey, body))',
      'signature === signatureOf(timestamp, nonce, encryptKey, body)',
    ],
    [
      'any signature',
      'sameSecret(signature, signatureOf(timestamp, nonce, encryptKey, body))',
      'signature !== signatureOf(timestamp, nonce, encryptKey, body) || true',
    ],
    ['a token by ===', '.map((own) => sameSecret(secret, own))', '.map((own) => secret === own)'],
    ['an empty secret is one of ours', "secrets.filter((secret) => secret !== '')", 'secrets.slice()'],
    ['an older press', 'const OLDEST_SECONDS = 8 * 3600', 'const OLDEST_SECONDS = 9 * 3600'],
    ['a timestamp of any digits', '/^\\d{10}$/.test(timestamp)', '/^\\d+$/.test(timestamp)'],
    ['a later future', 'const MOST_AHEAD_SECONDS = 300', 'const MOST_AHEAD_SECONDS = 301'],
    [
      'plain text when signed',
      "if (typeof outer.encrypt !== 'string') return refused(401, 'plaintext')",
      "if (typeof outer.encrypt !== 'string') return { outcome: 'opened', content: outer, ageSeconds }",
    ],
  ]),
  ...of('src/feishu/door/open-body.ts', 'test/door/refused.test.ts', [
    ['an unsigned body of 64 KB', 'const LARGEST_UNSIGNED = 4 * 1024', 'const LARGEST_UNSIGNED = 64 * 1024', 'unread'],
    ['a signed body of a megabyte', 'const LARGEST_BODY = 512 * 1024', 'const LARGEST_BODY = 1024 * 1024', 'unread'],
    ['a forged signature is read on', "refused(401, 'bad-signature')\n}", 'LARGEST_BODY\n}', 'unread'],
  ]),
  ...of('src/feishu/door/open-body.ts', 'test/door/verify.test.ts', [
    ['a long unsigned body is parsed', "if (body.byteLength > LARGEST_UNSIGNED) return refused(401, 'unsigned')", ''],
    [
      'a body is parsed before it is verified',
      "if (key === undefined) return refused(401, 'bad-signature')\n  const outer = parseJson(fromUtf8(body))",
      "const outer = parseJson(fromUtf8(body))\n  if (key === undefined) return refused(401, 'bad-signature')",
    ],
  ]),
  ...of('src/feishu/door/body.ts', 'test/door/refused.test.ts', [
    ['a length is not believed', 'if (claimed !== null && !(claimed <= most)) return tooLarge', '', 'unread'],
    ['chunks without end', 'if (size > most) return tooLarge', '', 'no further'],
    ['room without end', 'const ROOM = 16 * 1024 * 1024', 'const ROOM = 1024 * 1024 * 1024', 'share a room'],
    ['a slow body has a minute', 'const LIMIT_MS = 5_000', 'const LIMIT_MS = 60_000', 'does not end'],
  ]),
  ...of('src/feishu/door/refusals.ts', 'test/door/refused.test.ts', [
    ['a line for each refusal', 'if (silentFor >= EVERY_MS) say()', 'if (silentFor >= 0) say()', 'once a minute'],
  ]),
  ...of('src/node-host.ts', 'test/door/refused.test.ts', [
    ['headers have a minute', 'headersTimeout: 5_000', 'headersTimeout: 60_000', 'by itself'],
    ['late ones are looked for each half minute', 'connectionsCheckingInterval: 1_000', 'connectionsCheckingInterval: 30_000', 'by itself'],
    ['connections without bound', 'server.maxConnections = MOST_CONNECTIONS', '', 'thousand connections'],
  ]),
  ...of('src/node-host.ts', 'test/door/stop.test.ts', [
    ['a half-sent request is waited for', 'server.closeAllConnections()', 'undefined', 'half-sent'],
  ]),
  ...of('src/feishu/door/events.ts', 'test/door/verify.test.ts', [
    ['a press of any age', 'const OLDEST_CALLBACK_SECONDS = 300', 'const OLDEST_CALLBACK_SECONDS = 3000'],
    ['a token is not asked for', "if (!isOneOf(envelope.token, secrets.verificationTokens)) return refused(401, 'wrong-token')", ''],
    ['another app', "if (!isOneOf(appId, [secrets.appId])) return refused(401, 'wrong-app')", ''],
  ]),
  ...of('src/feishu/door/verify.ts', 'test/door/verify.test.ts', [
    ['padding is believed', 'padded.subarray(-claimed).every((byte) => byte === claimed)', 'true'],
  ]),
  ...of('src/feishu/door/safe-json.ts', 'test/door/fuzz.test.ts test/door/events.test.ts', [
    ['deeper values', 'const DEEPEST = 32', 'const DEEPEST = 64'],
    ['__proto__ is let in', "|| Object.hasOwn(value, '__proto__')", ''],
  ]),
  ...of('src/web/address.ts', 'test/web/door.test.ts test/proofs/links.test.ts', [
    ['a MAC is not compared', 'sameSecret(given, mac(text, key))', 'given !== key', 'links are answered|forged'],
    ['half a MAC', 'const MAC_BYTES = 16', 'const MAC_BYTES = 1', 'links are answered|forged|page’s own token'],
    ['one token for all forms', '`form ${link}`', "'form'", 'forged|page’s own token|token'],
    [
      'a form of the key before is refused',
      'isFormToken: (link, given) => isSigned(form(link), given)',
      'isFormToken: (link, given) => sameSecret(given, mac(form(link)))',
      'old key',
    ],
  ]),
  ...of('src/web/door.tsx', 'test/web/door.test.ts test/proofs/links.test.ts', [
    [
      'a sub-path by the id alone',
      'const id = address.linkIn(pathname)',
      "const id = /\\/[a-z]+$/.test(pathname.slice(4)) ? (pathname.split('/')[2]?.split('.')[0] ?? null) : address.linkIn(pathname)",
      'forged|links are answered',
    ],
    ['a form without its token', "!address.isFormToken(visit.link.id, filled.get('token') ?? '')", 'false', 'own token'],
    ['a page by the first key alone', ': below))', ': pathname !== deps.address.path(link.id)))', 'old key'],
    ['a link after its time', 'link.revokedAt || link.expiresAt <= frame.now', 'link.revokedAt', 'ends in time'],
    ['a link that was taken back', 'link.revokedAt || link.expiresAt <= frame.now', 'link.expiresAt <= frame.now', 'ends in time'],
    ['a form from another site', 'if (!isOurs || !isForm', 'if (!isForm', 'own token'],
    ['a page may be framed', '"frame-ancestors \'none\'"', '"frame-ancestors *"', 'framed'],
  ]),
  ...of('src/web/address.ts', 'test/door/verify.test.ts', [
    ['a MAC by ===', 'sameSecret(given, mac(text, key))', 'given === mac(text, key)', 'nowhere by ==='],
  ]),
  ...of('db/ledgers/leases.ts', 'test/ledgers/outbox.test.ts test/proofs/leases.test.ts', [
    [
      'the fence is gone',
      'sql`exists (select 1 from leases l where l.name = ${name} and l.holder = ${holder})`',
      'sql`(${name} = ${name} and ${holder} = ${holder})`',
      'replaced|lease',
    ],
    [
      'a lease that is held is taken',
      "${leases.holder} = excluded.holder or ${leases.until} <= ${sql.placeholder('now')}",
      "1 = 1 or ${leases.until} <= ${sql.placeholder('now')}",
      'lease',
    ],
    [
      'anybody gives a lease back',
      "${leases.name} = ${sql.placeholder('name')} and ${leases.holder} = ${sql.placeholder('holder')}",
      "${leases.name} = ${sql.placeholder('name')} and ${sql.placeholder('holder')} = ${sql.placeholder('holder')}",
      'lease',
    ],
  ]),
  ...of('src/feishu/door/turnstile.ts', 'test/door/turnstile.test.ts', [
    ['all come in at once', '[FIRST_IN_A_TURN, MOST_IN_A_TURN] = [2, 16]', '[FIRST_IN_A_TURN, MOST_IN_A_TURN] = [400, 1_600]'],
    ['a long turn lets as many in', 'elapsed() - began > GOAL_MS', 'elapsed() - began > 1e9', 'half as many'],
  ]),
  ...of('db/store/group-commit.ts', 'test/store/store.test.ts', [
    ['a commit of any size', 'const MOST_STATEMENTS = 128', 'const MOST_STATEMENTS = 100_000', 'gives way'],
  ]),
  ...of('src/app.ts', 'test/proofs/watchdog.test.ts test/door/app.test.ts', [
    ['a watchdog of 25 s', 'const WATCHDOG_MS = 2_500', 'const WATCHDOG_MS = 25_000', 'neutral'],
    ['late work is dropped', 'deps.after(work.then(() => refreshPressedCard(deps, delivery)))', 'deps.after(Promise.resolve())', 'neutral'],
    ['a fault tells its message', 'return `${name}${code} at ${frame}`', 'return `${name}${code} ${message} at ${frame}`', 'leaks nothing'],
    [
      'a late event is taken as done',
      'if (!delivery.isCallback) return Response.json({}, { status: 503 })',
      'if (!delivery.isCallback) return Response.json({})',
      'slow words',
    ],
    [
      'a failed event is taken as done',
      'if (!delivery.isCallback) return Response.json({}, { status: 500 })',
      'if (!delivery.isCallback) return Response.json({})',
      'leaks nothing',
    ],
  ]),
  ...of('src/bot.ts', 'test/door/app.test.ts', [
    ['strangers of another tenant found a unit', 'if (!unit && (await isForeign(bot.db, words.tenantKey))) return', '', 'not for us'],
  ]),
  ...of('db/client.ts', 'test/door/app.test.ts', [
    [
      'no claim on a delivery',
      'db.gate.write(db.claim ? [db.claim, ...statements] : statements)',
      'db.gate.write(statements)',
      'thousand times|obeyed once',
    ],
  ]),
  ...of('db/client.ts', 'test/store/store.test.ts', [['a fifth guard', 'const MOST_GUARDS = 4', 'const MOST_GUARDS = 5']]),
  ...of('db/scoreboard/order.ts', 'test/scoreboard/scoreboard.test.ts', [
    [
      'committees below are read one by one',
      `await ordersWithin(
    db,
    asked.map(({ id }) => id),
    quarter,
    now,
  )`,
      '(await Array.fromAsync(asked, ({ id }) => ordersWithin(db, [id], quarter, now))).flat()',
      'no more trips',
    ],
  ]),
  ...of('src/host.ts', 'test/jobs/ending.test.ts', [
    [
      'jobs go on after the end',
      'emptiedBy(ending.hasBegun, purse ?? purseOf',
      'emptiedBy(() => false, purse ?? purseOf',
      'no further lot',
    ],
  ]),
  ...of('src/clock/ending.ts', 'test/jobs/ending.test.ts', [
    ['a wait goes on after the end', 'for (const wake of wakers) wake()', '', 'lease is over'],
  ]),
  ...of('src/node-host.ts', 'test/door/stop.test.ts', [
    ['a call is waited for without end', 'const LAST_WORK_MS = 5_000', 'const LAST_WORK_MS = 50_000', 'not answered'],
  ]),
  ...of('src/web/door.tsx', 'test/web/scoreboard.test.ts', [
    ['inherited names are files', 'all && Object.hasOwn(all, name) ? all[name] : undefined', 'all?.[name]', 'inherits'],
  ]),
  ...of('db/ledgers/deliveries.ts', 'test/door/app.test.ts', [
    [
      'a claim by the event alone',
      "messageId: sql.placeholder('messageId'),",
      'messageId: sql`nullif(${sql.placeholder("messageId")}, ${sql.placeholder("messageId")})`,',
      'obeyed once',
    ],
  ]),
  ...of('db/ledgers/deliveries.ts', 'test/jobs/jobs.test.ts', [
    [
      'claims are forgotten within the day',
      'export const KEPT_FOR_MS = 7 * 86_400_000',
      'export const KEPT_FOR_MS = 3_600_000',
      'forgotten',
    ],
  ]),
  ...of('db/store/durable.ts', 'test/store/store.test.ts', [
    ['commits that a power cut loses', "'power cut': 2, death: 1", "'power cut': 1, death: 1"],
    ['a file for two', 'PRAGMA locking_mode=EXCLUSIVE;', ''],
  ]),
  ...of('db/store/durable.ts', 'test/ballots/secrecy.test.ts test/store/store.test.ts', [
    ['deleted bytes stay', 'PRAGMA secure_delete=ON;', 'PRAGMA secure_delete=OFF;'],
  ]),
  ...of('src/rules/branches/rights.ts', 'test/rights/rights.test.ts', [
    [
      'a deputy reopens attendance',
      "reopenAttendance: ['secretary', 'admin']",
      "reopenAttendance: ['secretary', 'deputy', 'admin']",
      'grid',
    ],
    [
      'a secretary appoints a secretary',
      "grantSecretary: ['admin', 'assessor']",
      "grantSecretary: ['admin', 'assessor', 'secretary']",
      'grid',
    ],
    ['an assessor makes administrators', "grantAdmin: ['admin']", "grantAdmin: ['admin', 'assessor']", 'grid'],
    [
      'an administrator opens ballots',
      "openBallot: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor']",
      "openBallot: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor', 'admin']",
      'grid',
    ],
    ['a member sees people', "seePeople: ['secretary',", "seePeople: ['member', 'secretary',", 'grid'],
    ['another tenant', 'if (!actor || actor.unit !== place.unit) return false', 'if (!actor) return false', 'nowhere else'],
    [
      'any branch’s secretary',
      'if (seat.branch !== null) return seat.branch === place.branch',
      'if (seat.branch !== null) return true',
      'nowhere else',
    ],
    ['any committee’s assessor', 'return place.lineage?.includes(seat.committee) ?? false', 'return true', 'nowhere else'],
    ['a member of any branch', 'actor.branch !== null && actor.branch === place.branch', 'actor.branch !== null', 'nowhere else'],
    ['a leader of any group', 'return seat.group !== null && seat.group === place.group', 'return seat.group !== null', 'nowhere else'],
  ]),
  ...of('db/branches/members.ts', 'test/branches/foreign.test.ts', [
    ['seats last for ever', 's.member = "members"."id" and s.until_at is null', 's.member = "members"."id"', 'revoked role'],
    [
      'another tenant’s open id',
      "${members.unit} = (select id from units where tenant_key = ${sql.placeholder('tenantKey')}) and ${members.openId}",
      "${sql.placeholder('tenantKey')} <> '' and ${members.openId}",
    ],
    [
      'who left still acts',
      "${members.openId} = ${sql.placeholder('openId')} and ${members.leftOn} is null",
      "${members.openId} = ${sql.placeholder('openId')}",
    ],
  ]),
  ...of('src/rules/gatherings/quorum.ts', 'test/gatherings/quorum.test.ts test/meeting-votes', [
    [
      'half may resolve in a general meeting',
      'isQuorate: expected > 0 && 2 * present > expected',
      'isQuorate: expected > 0 && 2 * present >= expected',
    ],
    [
      'a committee needs more than half',
      'isQuorate: expected > 0 && 2 * present >= expected',
      'isQuorate: expected > 0 && 2 * present > expected',
    ],
    ['one fewer is said to be needed', 'needed: (expected >> 1) + 1', 'needed: expected >> 1'],
    ['who is away is asked for', 'const inPlace = expected - away', 'const inPlace = expected'],
    ['half of those in place is enough', 'Math.max(LEAST_PRESENT, (inPlace >> 1) + 1)', 'Math.max(LEAST_PRESENT, (inPlace + 1) >> 1)'],
    ['two are enough', 'const LEAST_PRESENT = 3', 'const LEAST_PRESENT = 2'],
    ['half carries', '2 * approvals > expectedVoters', '2 * approvals >= expectedVoters'],
    ['approvals of those present', '2 * approvals > expectedVoters', '2 * approvals > presentVoters'],
    ['nobody in place is enough', 'isQuorate: inPlace > 0 && present >= needed', 'isQuorate: present >= needed'],
  ]),
  ...of('db/gatherings/expected.ts', 'test/voters', [
    [
      'away is taken as it is now',
      "asOf(sql`g.called_at`, sql`c.before ->> 'awaySince' is not null`",
      "asOf(sql`9e15`, sql`c.before ->> 'awaySince' is not null`",
    ],
    ['a late stage counts', 'asOf(sql`g.starts_at`, keptFull', 'asOf(sql`9e15`, keptFull'],
    ['an exclusion counts unconfirmed', 'o.confirmed_at <= g.called_at', 'o.requested_at <= g.called_at'],
    ['a late suspension counts', 'u.entered_at <= g.starts_at', 'u.entered_at is not null'],
    ['a mark needs no scrutineer', "a.way = 'mark' and a.confirmed_at is not null", "a.way = 'mark'"],
  ]),
  ...of('db/gatherings/voters.ts', 'test/voters', [
    ['an election takes a press from afar', 'presentVoters: inRoom.electing', 'presentVoters: electing'],
    [
      'an exclusion from elections holds for admissions',
      'expectedVoters: admitting, presentVoters: inRoom.admitting',
      'expectedVoters: electing, presentVoters: inRoom.electing',
    ],
  ]),
  ...of('src/rules/meeting-votes/elections.ts', 'test/meeting-votes', [
    ['half elects', '2 * votes > presentVoters', '2 * votes >= presentVoters'],
    ['more than four fifths must be there', '5 * presentVoters >= 4 * expectedVoters', '5 * presentVoters > 4 * expectedVoters'],
    ['fewer nominees are enough', '5 * nominees >= 6 * seats', '5 * nominees >= 5 * seats'],
    ['a ballot too many is counted', 'returned > handedOut || returned > presentVoters', 'returned > presentVoters'],
    ['the first of a tie is elected', 'last !== ranked[seats]?.votes', 'true'],
  ]),
  ...of('src/rules/ballots/pieces.ts', 'test/ballots/tally.test.ts', [
    ['pieces as long as their words', 'padded.set(bytes)\n  return padded', 'padded.set(bytes)\n  return bytes'],
    [
      'nothing is mixed',
      '[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]',
      '[mixed[last], mixed[other]] = [mixed[last] as T, mixed[other] as T]',
    ],
  ]),
  ...of('src/rules/ballots/tally.ts', 'test/ballots/tally.test.ts test/ballots/told.test.ts', [
    ['one fewer is told', 'votes > 0 && votes >= leastOf(kind, circle)', 'votes > 0 && votes >= leastOf(kind, circle) - 1'],
    ['four codes are told', 'const LEAST_OF_PUBLIC = 5', 'const LEAST_OF_PUBLIC = 4'],
    ['a pulse of one mind is told', "kind.isSecret && kind.use === 'pulse' && unanimous(marks) !== null ? 'alike' : null", 'null'],
    ['few marks of one person are told', "if (kind.isSecret && sumOf(marks) < leastOf(kind, circle)) return 'few'", ''],
    ['a receipt twice is sound', "circle: 'members', is: twins, due: 0", "circle: 'members', is: 0, due: 0"],
    ['a mark too many is sound', 'return all.filter(({ is, due }) => is !== due)', 'return all.filter(({ is, due }) => is < due)'],
    ['receipts in their order', 'tally.receipts.sort()', 'tally.receipts.length'],
  ]),
  ...of('src/rules/ballots/electorate.ts', 'test/ballots/electorate.test.ts', [
    ['a branch of two votes in secret', '{ all: 3, committee: 3, chosen: 5 }', '{ all: 2, committee: 3, chosen: 5 }'],
    ['less than half ends a vote', '(electors + 1) >> 1', 'electors >> 1'],
    ['the chosen decide', "gathering !== null || electorate !== 'chosen'", 'true'],
  ]),
  ...of('db/ballots/close.ts', 'test/ballots/circles.test.ts', [
    ['a press closes at any time', 'now < it.closesAt ? [failIfTooFew(db, it)] : []', '[]', 'twenty'],
  ]),
  ...of('db/ballots/code-makers.ts', 'test/ballots/circles.test.ts', [
    ['the opener makes codes', 'and not (${hasRun(sql`m.id`)})', '', 'colleague'],
  ]),
  ...of('db/gatherings/under-way.ts', 'test/meeting-votes/resolution.test.ts', [
    ['a vote before the start', 'if (now < it.startsAt) {', 'if (false) {', 'announced start'],
  ]),
  ...of('src/rules/ballots/uses.ts', 'test/ballots', [
    ['a pulse from four', 'least: 5, toldTo', 'least: 4, toldTo', 'pulse|turnout|told'],
    [
      'an election by name',
      "election: { name: t('选举', 'Election'), secrecy: 'secret'",
      "election: { name: t('选举', 'Election'), secrecy: 'either'",
      'must be secret',
    ],
  ]),
  ...of('src/rules/ballots/uses.ts', 'test/ballots test/rights', [
    [
      'probationers decide',
      "resolution: { name: t('表决', 'Resolution'), secrecy: 'either', least: 0, toldTo: 'everyone', voters: 'full'",
      "resolution: { name: t('表决', 'Resolution'), secrecy: 'either', least: 0, toldTo: 'everyone', voters: 'members'",
    ],
  ]),
  ...of('db/ballots/cast.ts', 'test/ballots/running.test.ts test/ballots/races.test.ts test/ballots/ballot.test.ts', [
    [
      'a vote at the close',
      'if (it.closedAt || now >= it.closesAt) late()',
      'if (it.closedAt || now > it.closesAt) late()',
      'the deadline',
    ],
    ['a second secret vote', 'arriving(db, voter), dropping', 'arrivingAgain(db, voter), dropping', 'one vote|fifty|nothing counts twice'],
    ['a vote of whoever left', 'failIfLost(db, voter),', '', 'left while|losing'],
  ]),
  ...of('db/ballots/cast.ts', 'test/ballots/secrecy.test.ts', [
    ['keys in the order of casting', "Buffer.from(random(KEY_BYTES)).toString('hex')", "String(performance.now()).padStart(24, '0')"],
  ]),
  ...of('db/ballots/count.ts', 'test/ballots/secrecy.test.ts test/ballots/edges.test.ts', [
    ['the pieces stay', 'statementOf(db.delete(marks).where(sql`${marks.ballot} = ${ballot}`)),', ''],
    ['the key stays', 'statementOf(db.update(ballots).set({ wrappedKey: null }).where(sql`${ballots.id} = ${ballot}`)),', ''],
  ]),
  ...of('db/ballots/count.ts', 'test/ballots/inquiry.test.ts', [
    [
      'an unsound count destroys',
      "...(outcome === 'unsound' ? [] : emptied(db, ballot, opened.named)),",
      '...emptied(db, ballot, opened.named),',
    ],
    ['a strange piece leaves no trace', "outcome !== 'unsound' && tally.strange > 0", 'false'],
  ]),
  ...of('src/words/ballot-export.ts', 'test/ballots/forgeries.test.ts', [
    ['a published fingerprint changes', '{ election: electionOf(it),', '{}), ...({ election: electionOf(it),', 'first edition'],
  ]),
  ...of('db/ballots/moves.ts', 'test/ballots/moves.test.ts', [
    ['a pulse leaves people out', `where "ballots"."use" <> 'pulse' and`, 'where', 'pulse'],
    ['a suspension that came later moves the list', 'and u.entered_at <= "ballots"."opened_at"', '', 'after the opening'],
    ['the chosen are everybody', `"ballots"."electorate" = 'all' or`, 'true or', 'chosen|without a seat'],
  ]),
  ...of('src/scripts/ballot-changes.ts', 'test/ballots/moves.test.ts', [
    ['a base moves at any time', 'timeOf(confirmedAt ?? at) <= openedAt', 'timeOf(confirmedAt ?? at) > 0', 'later'],
    ['one person excludes', '&& confirmedBy !== by', '', 'who asked'],
    ['any number is added', 'if (added > entitled)', 'if (added < 0)', 'more are added'],
  ]),
  ...of('src/words/matters.ts', 'test/assessment/last-days.test.ts', [
    ['a day that is over is ahead', 'today <= last ? t(`到${zh}`, `until ${en}`) : t(', 'last ? t(`到${zh}`, `until ${en}`) : t('],
  ]),
  ...of('src/scripts/impossible-ballot.ts', 'test/ballots/forgeries.test.ts', [
    ['excellent without limit', 'if (excellent > limit) return', 'if (excellent < 0) return'],
    ['half elects', '2 * votes > Number(presentVoters)', '2 * votes >= Number(presentVoters)', 'exactly half'],
  ]),
  ...of('src/rules/evaluation/evaluation.ts', 'test/evaluation/appeal.test.ts', [
    ['an appeal makes it worse', 'grades.slice(0, grades.indexOf(grade))', 'grades.filter((one) => one !== grade)', 'never worse'],
  ]),
  ...of('db/ballots/shuffle.ts', 'test/ballots/shuffle.test.ts', [
    ['a shuffle keeps the keys', '${keep} || substr(lower(hex(randomblob(11))), ${keep.length + 1})', 'key', 'anew'],
  ]),
  ...of('src/jobs/shuffle-boxes.ts', 'test/ballots/shuffle.test.ts', [
    ['the journal stays', "await db.gate.wipe?.('journal')\n", '', 'minute'],
    [
      'noted before the journal is emptied',
      "await db.gate.wipe?.('journal')\n  // A vote",
      "await noteShuffled(\n    db,\n    boxes.map(({ id, votes }) => ({ ballot: id, votes })),\n  )\n  await db.gate.wipe?.('journal')\n  // A vote",
      'crash',
    ],
  ]),
  ...of('db/ballots/sealing.ts', 'test/ballots', [
    ['a key opens any ballot', '`ballots|wrapped_key|${ballot}|1`', "'ballots|wrapped_key|1'", 'moved to another'],
  ]),
  ...of('db/ballots/codes.ts', 'test/ballots/public.test.ts', [
    ['a hash for all ballots', '.update(`${ballot} ${code}`)', '.update(code)', 'each ballot'],
    ['fifty wrong codes', 'export const MOST_WRONG = 5', 'export const MOST_WRONG = 50', 'wrong codes'],
  ]),
  ...of('src/text.ts', 'test/proofs/injection.test.ts test/commands.test.ts test/web/assessment.test.ts', [
    ['< is markup', "  '<': '&#60;',\n", '', 'stands on every card|hostile'],
    ['* is markup', "  '*': '&#42;',\n", '', 'stands on every card|hostile'],
    ['[ is markup', "  '[': '&#91;',\n", '', 'stands on every card|hostile'],
  ]),
  ...of('src/spreadsheet/write.ts', 'test/web/assessment.test.ts test/roster/roster.test.ts test/proofs/injection.test.ts', [
    [
      'a text may be a formula',
      'rows.map((row) => [...row])',
      "rows.map((row) => row.map((cell) => (String(cell).startsWith('=') ? { formula: String(cell).slice(1) } : cell)) as unknown as CellValue[])",
      'formulas|hostile',
    ],
  ]),
  ...of('src/rules/time/courtesy.ts', 'test/time/courtesy.test.ts', [
    ['until ten at night', "const UNTIL = '21:00'", "const UNTIL = '22:00'", 'welcome|person-days'],
    ['from seven', "const FROM = '08:00'", "const FROM = '07:00'", 'welcome|person-days'],
    ['on days off, too', 'isWorkday(day(at)) && time(at) >= FROM', 'time(at) >= FROM', 'welcome|person-days'],
  ]),
  ...of('db/assessment/digests.ts', 'test/jobs/jobs.test.ts test/duties/alerts.test.ts test/proofs/nagging.test.ts', [
    [
      'a digest each time',
      'occasion: `digest ${day(now)} ${person}`',
      'occasion: `digest ${now.getTime()} ${person} ${dueAt.getTime()}`',
      'person-days|clocks',
    ],
  ]),
  ...of('src/rules/gatherings/attendance.ts', 'test/gatherings', [
    ['an hour before', 'const OPENS_BEFORE_MINUTES = 30', 'const OPENS_BEFORE_MINUTES = 60', 'half an hour'],
    [
      'the start is late',
      "return at <= gathering.startsAt ? 'on time' : 'late'",
      "return at < gathering.startsAt ? 'on time' : 'late'",
      'sentence for every time|on time',
    ],
    ['attendance never locks', 'at >= locksAt(closedAt) &&', 'at > new Date(8.64e15) &&', 'lock'],
    [
      'reminded two hours before',
      'export const REMINDED_BEFORE_MINUTES = 60',
      'export const REMINDED_BEFORE_MINUTES = 120',
      'hour ahead|reminded',
    ],
  ]),
  ...of('src/rules/gatherings/room-code.ts', 'test/gatherings/room-code.test.ts test/gatherings/room-code-digits.test.ts', [
    ['a code of an hour', 'export const WINDOW_MS = 5 * 60_000', 'export const WINDOW_MS = 60 * 60_000'],
    ['two codes before', '[windowAt(at), windowAt(at) - 1]', '[windowAt(at), windowAt(at) - 1, windowAt(at) - 2]'],
  ]),
  ...of('src/rules/duties/scoring.ts', 'test/duties/scoring.test.ts', [
    ['an accident caps at 90', 'const CAPPED_TENTHS = 899', 'const CAPPED_TENTHS = 900'],
    [
      'a tie takes the worse place',
      '.map((each, index) => [each, index + 1] as const).reverse()',
      '.map((each, index) => [each, index + 1] as const)',
    ],
    ['late counts in full', 'return latePercent * 10', 'return 1000'],
  ]),
  ...of('src/rules/duties/match.ts', 'test/duties/match.test.ts', [
    ['the fewest points win', 'return one.total > other.total', 'return one.total < other.total'],
    ['a debt is not carried over the edge', 'isEdge ? owed : Math.min(owed, given[nth] ?? 0)', 'Math.min(owed, given[nth] ?? 0)'],
    ['a closed quarter claims on', 'const owed = isEdge && isClosed ? 0 :', 'const owed = isEdge && isClosed ? 1 :'],
  ]),
  ...of('src/rules/duties/nudges.ts', 'test/duties/nudges.test.ts', [
    ['reminded on the opening day', 'last > opened ?', 'last >= opened ?'],
  ]),
  ...of('src/rules/assessment/year.ts', 'test/assessment', [
    ['three quarters make five-good', 'scored.length === 4 ?', 'scored.length >= 3 ?', 'year|five'],
  ]),
  ...of('db/pages/links.ts', 'test/web/scoreboard.test.ts test/web/door.test.ts', [
    ['a page for a year', 'const ASSESSMENT_DAYS = 30', 'const ASSESSMENT_DAYS = 365', 'thirty days'],
    [
      'a revoked link is given again',
      '${links.person} is ${person ?? null} and ${links.revokedAt} is null`\n',
      '${links.person} is ${person ?? null}`\n',
      'revoked',
    ],
  ]),
  ...of('src/rules/meeting-votes/write-ins.ts', 'test/meeting-votes/write-ins.test.ts', [
    ['an activist written in is elected', 'return only?.mayStand ?', 'return only ?'],
    ['of two with one name one is taken', '(called.length > 1 && called.some(({ mayStand }) => mayStand))', 'false'],
  ]),
  ...of('src/rules/meeting-votes/written-views.ts', 'test/meeting-votes/written-views.test.ts', [
    ['two views are told by stance', 'const LEAST_APART = 3', 'const LEAST_APART = 2'],
  ]),
  ...of('db/ballots/electors.ts', 'test/meeting-votes/written-views.test.ts', [
    ['a listed voter gets a ballot too', 'w.member = m.id and w.struck_at is null)', 'w.member = m.id and false)'],
  ]),
  ...of('db/gatherings/votes-held.ts', 'test/meeting-votes/paper.test.ts', [
    ['a count that nobody confirmed is a result', 'confirmedAt === null || !votes ? null', '!votes ? null'],
  ]),
  ...of('db/ledgers/credits.ts', 'test/talks/credit.test.ts', [
    ['a talk alone proves it', 't.confirmed_at is not null and t.opinion_at is not null', 't.confirmed_at is not null'],
    ['a talk of one counts', 'and t.confirmed_at is not null and t.opinion_at', 'and t.opinion_at'],
    ['one taken back counts', 't.opinion_at is not null and t.withdrawn_at is null))', 't.opinion_at is not null))'],
    ['a day more for the opinion', '+ 86400000, 0) as is_late', '+ 172800000, 0) as is_late'],
    ['the first talk counts, not the best', 'order by is_late, talked_at', 'order by talked_at'],
    ['a talk counts when it is complete', 'case when is_late then done_at else talked_at end', 'done_at'],
  ]),
  ...of('db/talks/evidence.ts', 'test/duties/evidence.test.ts', [
    [
      'everybody sees who talked',
      "if (may(reader, 'readOpinions', { unit: branch.unit, branch: branch.id, lineage: branch.lineage })) return all",
      'if (reader) return all',
    ],
  ]),
  ...of('db/duties/evidence.ts', 'test/duties/evidence.test.ts', [
    ['another branch’s entry opens', 'if (found?.branch !== branch.id)', 'if (!found)'],
    [
      'every member reads a reference',
      "if (!may(reader, 'submitSelf', place) && !may(reader, 'assess', place))",
      "if (!may(reader, 'seeScore', place))",
    ],
  ]),
  ...of('db/talks/planner.ts', 'test/talks/seen.test.ts', [
    ['every seat sees whom nobody met', "const seesAll = may(actor, 'readOpinions', at)", "const seesAll = may(actor, 'planTalks', at)"],
  ]),
  ...of('db/talks/credit.ts', 'test/talks/credit.test.ts', [
    ['a talk with anybody counts', 'and (${wasContact} or ${wasSeated})', ''],
    [
      'another quarter’s opinion counts',
      'o.activist = talks.activist and o.quarter = ${quarterOfDay(sql`talks.on_day`)})`',
      'o.activist = talks.activist)`',
    ],
  ]),
  ...of('src/rules/duties/settle.ts', 'test/talks/credit.test.ts', [
    ['late within the quarter is in time', 'slot.deadline.getTime() && !proof.isLate', 'slot.deadline.getTime()'],
  ]),
  ...of('src/rules/duties/slots.ts', 'test/talks/credit.test.ts', [
    ['a module that is left out scores', ' && (!part.by || isUsed(part.by, rulebook))', ''],
  ]),
  ...of('db/duties/alerts.ts', 'test/talks/alerts.test.ts', [
    ['contacts are asked where talks are left out', " && openedFor(duty.part, rulebook) === 'talks'", ''],
    ['contacts hear of every activist', '    subject === duty.subject && (hearing', '    (hearing'],
  ]),
  ...of('src/rules/duties/breaches.ts', 'test/duties/breaches.test.ts', [
    ['a breach that ended goes on', ' && (until === null || until > at)', ''],
    ['a part is known before it is used', ' && one.what === null && covers(one, at.getTime())', ' && one.what === null'],
  ]),
  ...of('src/rules/duties/settle.ts', 'test/duties/breaches.test.ts', [
    ['paper answers every breach', 'part.onPaper && !isStanding', '!isStanding'],
  ]),
  ...of('db/talks/papers.ts', 'test/talks/papers.test.ts', [
    ['a care talk stands on a list', "t.kind <> 'care' and ", ''],
    [
      'a paper that was asked for is told of again',
      "not exists (select 1 from outbox x where x.occasion = 'talkPaper ask '",
      "not exists (select 1 from outbox x where x.occasion = 'never '",
    ],
  ]),
  ...of('db/talks/asking.ts', 'test/talks/papers.test.ts', [
    ['a card that waits is followed by another', "where o.state = 'waiting' and", 'where false and'],
  ]),
  ...of('db/gatherings/work/in-force.ts', 'test/work/looked-at.test.ts', [
    ['a close looks at what was done in it', 't.done_at < g.starts_at', 't.done_at < g.ends_at', 'exactly what was done'],
    [
      'a committee looks at the assembly’s tasks',
      'd.id = t.origin_id and o.kind = g.kind',
      'd.id = t.origin_id and true',
      'exactly what was done',
    ],
  ]),
  ...of('db/gatherings/work/in-force.ts', 'test/work/decisions.test.ts', [
    ['a decision without a quorum is a task', 'd.struck_at is null and gb.is_quorate = 1', 'd.struck_at is null', 'quorum'],
    ['a struck decision stays a task', 'd.struck_at is null and gb.is_quorate = 1', 'gb.is_quorate = 1', 'taken off'],
  ]),
  ...of('db/work/decided.ts', 'test/work/privacy.test.ts', [
    ['the branch reads its committee’s decisions', 'written.filter(({ isPublished }) => isPublished)', 'written', 'committee’s item'],
  ]),
  ...of('db/work/state.ts', 'test/work/privacy.test.ts', [
    ['a task is open to the branch', "origin === 'decision' && (", "origin !== 'plain' || (", 'read by them'],
  ]),
  ...of('db/work/tasks.ts', 'test/work/tasks.test.ts', [
    ['the owner moves the day again and again', 'if (it.ownMoves > 0) refuseSecondMove()', '', 'moves the day once'],
    ['办完了 is taken back whenever', 't.done_at > ${now.getTime() - DAY_MS} and', '', 'within a day'],
  ]),
  ...of('db/work/tell-owners.ts', 'test/work/tasks.test.ts', [
    [
      'each confirmation tells again',
      "'tasks ' || ${gathering} || ' ' || m.id,",
      "'tasks ' || ${gathering} || ' ' || m.id || random(),",
      'one message',
    ],
  ]),
  ...of('src/rules/work/tasks.ts', 'test/work/digest.test.ts', [
    ['a step is told a day early', 'addWorkdays(dueOn, step) <= today', 'addWorkdays(dueOn, step - 1) <= today', 'step of'],
  ]),
  ...of('db/work/minutes-readers.ts', 'test/work/minutes.test.ts', [
    ['members read the committee’s', 'isForMembers && actor.unit', 'actor.unit', 'of the committee'],
    ['members read a draft', "return state === 'locked' && isForMembers", 'return isForMembers', 'nobody reads'],
  ]),
  ...of('db/work/minutes-confirm.ts', 'test/work/minutes-race.test.ts', [
    ['what moved is locked unseen', '} is not ${stamp}`', '} is null and ${stamp} is null`', 'between look and lock'],
  ]),
  ...of('db/gatherings/under-way.ts', 'test/work/minutes-race.test.ts', [
    [
      'a correction slips under the lock',
      'i.confirmed_at is not null and i.branch in',
      'i.confirmed_at is null and i.branch in',
      'before the lock',
    ],
  ]),
  ...of('src/rules/work/minutes-state.ts', 'test/work/minutes-draft.test.ts', [
    ['the recorder confirms', 'seated.filter(({ id }) => id !== recorder)', 'seated', 'confirms'],
    ['the host records', '(seated.find(({ id }) => id !== host) ?? seated[0])', 'seated[0]', 'committee'],
  ]),
  ...of('src/rules/work/minutes-draft.ts', 'test/work/minutes-draft.test.ts', [
    ['members read why somebody was on leave', 'isOfCommittee ? lines : lines.filter', 'true ? lines : lines.filter', 'no reason'],
  ]),
  ...of('db/duties/breaches.ts', 'test/work/minutes-due.test.ts', [
    ['every meeting is due', 'where c.at >= u.closed and', 'where true and', 'before the first'],
    ['a meeting without a quorum is due', 'p.is_quorate = 1 and g.kind', 'g.kind', 'without a quorum'],
    [
      'a re-opening is forgotten',
      "'minutesReopened'\n    from minutes i",
      "'minutesReopened'\n    from (select * from minutes limit 0) i",
      're-opening',
    ],
  ]),
  ...of('db/papers/records.ts', 'test/papers/record.test.ts', [
    ['anybody confirms a record', 'if (it.asked !== actor.id)', 'if (false)', 'confirms their own record'],
    ['a second answer counts', 'failIf(db, sql`not ${isOpen(it)}`, refuseAnswered),', '', 'answer is given once'],
  ]),
  ...of('db/ledgers/credits.ts', 'test/papers/record.test.ts', [
    [
      'an unconfirmed record is gathered',
      'r.confirmed_at is not null and r.withdrawn_at is null',
      'r.withdrawn_at is null',
      'a no gathers nothing',
    ],
    [
      'a withdrawn record stays gathered',
      'r.confirmed_at is not null and r.withdrawn_at is null',
      'r.confirmed_at is not null',
      'gathered no more',
    ],
  ]),
  ...of('db/papers/heard.ts', 'test/papers/report.test.ts', [
    ['a report is delivered unheard', "c.part = '9.report')", "c.part = '9.report') or 1", 'strikes the item'],
  ]),
  ...of('db/papers/heard.ts', 'test/papers/paper.test.ts', [
    ['an item that was struck adopts', 'and i.held_at is not null)', ')', 'was not held adopts nothing'],
  ]),
  ...of('db/papers/papers.ts', 'test/papers/paper.test.ts', [
    [
      'an adopted paper is written over',
      '=> [\n  failIf(db, isAdopted(branch.id, kind, year), refuseAdopted),',
      '=> [',
      'what is adopted stays',
    ],
  ]),
  ...of('db/papers/reports.ts', 'test/papers/report.test.ts', [
    [
      'words change after the meeting',
      "kind === 'toMembers' ? isDelivered(branch.id, kind, period) : isCommented(branch.id, period)",
      'isCommented(branch.id, period)',
      'was given stays',
    ],
  ]),
  ...of('src/words/papers/report-text.ts', 'test/papers/rules.test.ts', [
    ['a figure is made up', '未完 ${given - done} 项', '未完 ${given + done} 项', 'no figure'],
  ]),
]
