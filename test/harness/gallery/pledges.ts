import { aPledgingBranch } from '../../pledges/company.ts'
import type { Hung } from './gallery.ts'

/** Pledges as their authors, the committee and the branch see them. */
export async function thePledges(): Promise<Hung[]> {
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const it = await aPledgingBranch()
  keep('pledge', (await it.own('赵敏')).card)
  keep('pledge, told too little', (await it.pledges('赵敏', '努力工作', '6 月底前带教 2 名新员工')).card)
  keep('pledge, waiting', (await it.pledges('赵敏', '每月给班组讲 1 次安全', '6 月底前带教 2 名新员工')).card)
  await it.pledges('孙强', '全年零违章，每周查 1 次现场')
  const list = (await it.review('李华')).card
  keep('pledgeReview', list)
  const back = String((await it.rows("select id from pledges where member = 'm_孙强'"))[0]?.id)
  await it.press('李华', it.buttonFor(list, 'pledgeReview.return'), { form: { back: [back], because: '请写明查哪几处现场' } })
  keep('pledge, sent back', (await it.own('孙强')).card)
  await it.accepts('李华')
  keep('pledgeReview, nothing waits', (await it.review('李华')).card)
  await it.store.client.execute("update members set open_id = null where id = 'm_孙强'")
  keep('a paper sheet', (await it.press('王芳', { press: 'pledgeReview.paper', year: '2027' })).card)
  const standing = (await it.own('赵敏')).card
  keep('pledge, in force', standing)
  keep('pledge, a point not kept', (await it.press('赵敏', it.buttonFor(standing, 'pledge.ask', { nth: 1 }))).card)
  const kept = await it.press('赵敏', it.buttonFor(standing, 'pledge.keep', { nth: 2 }))
  keep('pledge, a point kept', kept.card)
  keep('branchPledges', (await it.say('赵敏', '/承诺 支部', { dm: true }))?.card)
  keep('pledgesCalled', (await it.shown('pledgesCalled', { subject: 's', branch: 'branch', year: '2027' })).card)
  const officer = (await it.say('王芳', '/承诺 廉政', { dm: true }))?.card
  keep('integrity', officer)
  keep('integrity, pledged', (await it.press('王芳', it.buttonFor(officer, 'integrity.pledge'))).card)
  keep('integrityText', (await it.say('吴上级', '/承诺 廉政', { dm: true }))?.card)
  const check = (await it.say('张伟', '/廉政检查', { dm: true }))?.card
  keep('integrityCheck', check)
  const asked = (await it.press('张伟', it.buttonFor(check, 'integrityCheck.ask'))).card
  keep('integrityCheck, a problem', asked)
  const form = { officer: 'm_王芳', words: '有一张发票不合规', on: '2027-01-20 +0800' }
  const noted = (await it.press('张伟', it.buttonFor(asked, 'integrityCheck.note'), { form })).card
  keep('integrityCheck, to be put right', noted)
  keep('integrityCheck, read', (await it.press('王芳', it.buttonFor(noted, 'integrityCheck.read'))).card)
  const passed = (await it.press('张伟', it.buttonFor(noted, 'integrityCheck.pass'))).card
  keep('integrityCheck, another’s turn', passed)
  const secretarys = (await it.say('李华', '/廉政检查', { dm: true }))?.card
  keep('integrityCheck, closed', (await it.press('李华', it.buttonFor(secretarys, 'integrityCheck.pass'))).card)
  const [facts] = [await it.shown('integrityFacts', { branch: 'branch', half: '2027H1' })]
  keep('integrityFacts', facts.card)
  return hung
}
