import { assessedBranch, toConfirm } from '../../../db/assessment/branch-quarter.ts'
import { notesTo } from '../../../db/assessment/open-and-close.ts'
import { confirmAttestations, confirmableBy, refuseAttestation, sayOwnEntry } from '../../../db/assessment/review.ts'
import type { AttestedAsItStands } from '../../../db/assessment/self-assessment.ts'
import type { AssessmentTable } from '../../../db/assessment/table.ts'
import { secretariesOfBranches } from '../../../db/branches/answering.ts'
import type { Actor } from '../../../db/branches/members.ts'
import type { Branch } from '../../../db/branches/units.ts'
import { lookUp } from '../../../db/client.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { refuse } from '../../refusal.ts'
import { partOf } from '../../rules/standards/standards.ts'
import { spokenDay, spokenPeriod } from '../../spoken.ts'
import { clipped, t } from '../../text.ts'
import { excuseSaid } from '../../words/duties.ts'
import { Notice } from '../page.tsx'
import { Field, Form, Section } from '../pieces.tsx'
import type { Visit } from '../visit.ts'

const LONGEST_REASON = 100

/** One branch with its entries that wait for confirmation, and its findings. No activist is named: only the secretary knows them. */
export async function branchPart(visit: Visit, { rows }: AssessmentTable) {
  const { say, db, now, link, href } = visit
  const [row] = rows
  const back = <a href={href({ branch: null, saved: null })}>{say(t('← 所有支部', '← All branches'))}</a>
  if (!row)
    return (
      <Notice tone="warning">
        {say(t('没有找到这个支部。', 'There is no such branch here.'))} {back}
      </Notice>
    )
  const it = await assessedBranch(db, row.branch, assessmentIn(link).quarter, now)
  const [waiting, excuse] = [toConfirm(it), excuseSaid(it.excuse, '4.seats')]
  return (
    <>
      <p class="back">{back}</p>
      {excuse && <p class="hint">{say(excuse)}</p>}
      <Section id="waiting" title={`${row.branch.name} · ${say(t('登记待确认', 'Entries to confirm'))}`}>
        {waiting.length === 0 ? <p>{say(t('没有。', 'None.'))}</p> : null}
        {waiting.map((one) => (
          <Waiting visit={visit} branch={row.branch} one={one} isOpen={!row.isOver} />
        ))}
      </Section>
      <Section id="found" title={say(t('事故与不实', 'Findings'))}>
        {it.findingsInForce.length === 0 ? <p>{say(t('没有。', 'None.'))}</p> : null}
        <ul class="plain">
          {it.findingsInForce.map(({ kind, standard, reason }) => (
            <li>
              {say(
                kind === 'accident'
                  ? t('安全事故：得分低于 90', 'Accident: the score stays below 90')
                  : t(`（${standard}）不实：清零`, `(${standard}) false: counts nothing`),
              )}{' '}
              — {reason}
            </li>
          ))}
        </ul>
        <p class="hint">
          {say(t('记录和撤销在飞书里「评定 支部名」。', 'Recorded and withdrawn in Feishu: say “review” and the branch’s name.'))}
        </p>
      </Section>
    </>
  )
}

function Waiting({ visit, branch, one, isOpen }: { visit: Visit; branch: Branch; one: AttestedAsItStands; isOpen: boolean }) {
  const { say } = visit
  const { name, standard } = partOf(one.part)
  const which = (
    <>
      <input type="hidden" name="branch" value={branch.id} />
      <input type="hidden" name="attestation" value={one.id} />
    </>
  )
  return (
    <article class="waiting" aria-labelledby={`a_${one.id}`}>
      <h3 id={`a_${one.id}`}>
        {say(t(`（${standard}）${name.zh}`, `(${standard}) ${name.en}`))} · {say(spokenPeriod(one.period))}
      </h3>
      <p>
        {say(spokenDay(one.on))} · {one.reference} · {say(t('登记人', 'entered by'))} {one.by}
      </p>
      {isOpen ? (
        <>
          <Form visit={visit} deed="confirm" submit={say(t('确认', 'Confirm'))}>
            {which}
          </Form>
          <Form visit={visit} deed="refuse" submit={say(t('退回', 'Return it'))}>
            {which}
            <Field
              id={`r_${one.id}`}
              label={say(t('退回的理由（支部看得到）', 'Reason (the branch sees it)'))}
              name="because"
              required
              most={LONGEST_REASON}
            />
          </Form>
        </>
      ) : null}
    </article>
  )
}

export async function settleAttestation({ db, link, actor, now }: Visit, branch: Branch, filled: URLSearchParams) {
  const { quarter } = assessmentIn(link)
  const wanted = filled.get('attestation')
  const one = toConfirm(await assessedBranch(db, branch, quarter, now)).find(({ id }) => id === wanted)
  if (!one) refuse('这一条刚刚已经处理了，请刷新页面。', 'That entry has just been settled; please reload the page.')
  const [done, by] = [{ branch: branch.id, saved: branch.id }, actor as Actor]
  if (filled.get('deed') === 'confirm') {
    if ((await confirmableBy(db, branch, [one], by)).length === 0) sayOwnEntry()
    await confirmAttestations(db, branch, quarter, [one.id], by, now)
    return done
  }
  const reason = clipped(filled.get('because') ?? '', LONGEST_REASON)
  if (filled.get('deed') !== 'refuse' || reason === '') refuse('请写明退回的理由。', 'Please give the reason.')
  const [secretaries] = await lookUp(db, [secretariesOfBranches(db, [branch.id])])
  await refuseAttestation(db, { branch, quarter, attestation: one.id, reason }, notesTo(secretaries, now), by, now)
  return done
}
