import { actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type Growing, growingOf, MOST_CONTACTS, possibleContacts, setContacts } from '../../db/talks/contacts.ts'
import * as messages from '../../db/talks/messages.ts'
import { type Card, card, fittingLines, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { fittingOptions, form, select, selectSeveral } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { stageNames } from '../../src/rules/roster/names.ts'
import { asWritten, both, clipped, joined, type Text, t } from '../../src/text.ts'
import { saveContacts } from './buttons.ts'

type Possible = { id: string; name: string }

const LINES_BYTES = 8_000
const OPTIONS_BYTES = 7_000

/** Who looks after each applicant and activist, and a form to change it. */
export function contactsCard(branch: { id: string; name: string }, growing: readonly Growing[], possible: readonly Possible[]): Card {
  const shown = fittingLines(growing.map(growingSaid), LINES_BYTES)
  return card(
    t('培养联系人', 'Contacts'),
    [
      growing.length === 0 ? lines(t('现在没有申请人和积极分子。', 'There are no applicants or activists now.')) : lines(...shown),
      growing.length > shown.length
        ? note(t(`另有 ${growing.length - shown.length} 人。`, `And ${growing.length - shown.length} more.`))
        : null,
      growing.length > 0 && possible.length > 0 ? contactsForm(branch.id, growing, possible) : null,
      note(
        t(
          '每位申请人、积极分子由一至两名正式党员联系；换人不影响已谈的次数。',
          'One or two full members look after each; a change leaves the talks that were held.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

function growingSaid({ name, stage, contacts }: Growing): Text {
  const named = joined(
    contacts.map((one) => asWritten(one.name)),
    '、',
    ', ',
  )
  return both((l) => {
    const who = contacts.length > 0 ? named[l] : { zh: '还没有', en: 'none yet' }[l]
    return `**${asWritten(name)[l]}**${{ zh: `（${stageNames[stage].zh}）联系人：`, en: ` (${stageNames[stage].en}), contact: ` }[l]}${who}`
  })
}

const optionsOf = (people: readonly Possible[]) =>
  fittingOptions(
    numbered(people).map(({ id, label }) => ({ label: asWritten(label), value: id })),
    OPTIONS_BYTES,
  )

/** Namesakes bear a number, in the order of the roster. */
function numbered(people: readonly Possible[]) {
  const seen = new Map<string, number>()
  const times = Map.groupBy(people, ({ name }) => name)
  return people.map(({ id, name }) => {
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    return { id, label: (times.get(name)?.length ?? 0) > 1 ? `${clipped(name, 20)} ${nth}` : clipped(name, 20) }
  })
}

const contactsForm = (branch: string, growing: readonly Growing[], possible: readonly Possible[]) =>
  form(
    'contacts',
    [
      select('member', t('谁的联系人', 'Whose contacts'), optionsOf(growing), { required: true }),
      selectSeveral('contacts', t('联系人，一至两名', 'One or two contacts'), optionsOf(possible)),
    ],
    { label: t('保存', 'Save'), value: saveContacts.value({ branch }) },
  )

const facts = (db: Db, branch: string) =>
  [statementOf(branchById(db, branch)), statementOf(growingOf(db, branch)), statementOf(possibleContacts(db, branch))] as const

export async function shownContacts(db: Db, { branch, viewer }: { branch: string; viewer: string }): Promise<Card | null> {
  const [[found], growing, possible, [actor]] = await lookUp(db, [...facts(db, branch), actorById(db, viewer)])
  return found && may(actor ?? null, 'keepContacts', placeOf(found)) ? contactsCard(found, growing, possible) : null
}

export async function sentContacts(ctx: Context, sent: { branch: string }): Promise<PressAnswer> {
  const { actor, db } = memberOrRefuse(ctx)
  const [[found]] = await lookUp(db, [branchById(db, sent.branch)])
  const branch = foundOrRefuse(actor, 'keepContacts', found, placeOf)
  await together(db, [reply(privately(ctx), messages.talkContacts({ branch: branch.id, viewer: actor.id }))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

interface Filled {
  member?: string | null
  contacts?: string[] | null
}

export async function savedContacts(ctx: Context, sent: { branch: string }, filled: Filled): Promise<PressAnswer> {
  const { actor, db, now, newId } = memberOrRefuse(ctx)
  const [[found], growing, possible] = await lookUp(db, facts(db, sent.branch))
  const branch = foundOrRefuse(actor, 'keepContacts', found, placeOf)
  const member = growing.find((one) => one.id === filled.member)
  if (!member) refuse('请先选是谁的联系人。', 'Please choose whose contacts they are.')
  const chosen = { branch: branch.id, member, contacts: filled.contacts ?? [], possible: possible.map((one) => one.id), newId }
  await setContacts(db, chosen, actor, now)
  const named = possible.filter((one) => filled.contacts?.includes(one.id)).slice(0, MOST_CONTACTS)
  const after = growing.map((one) => (one === member ? { ...one, contacts: named } : one))
  return { toast: t('联系人已保存。', 'The contacts are saved.'), mood: 'success', card: contactsCard(branch, after, possible) }
}
