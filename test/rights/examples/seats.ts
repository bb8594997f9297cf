import { press, type Stage, says } from '../stage.ts'

const assessor = { role: 'assessor', committee: 'first' }
const administrator = { role: 'admin', committee: null }

/** Somebody new has that office. */
const held = (office: { role: string; committee: string | null }) => async (stage: Stage) => {
  await stage.word('secretary', '/成员 添加 正式', { mentions: [{ openId: 'ou_newcomer', name: '新人' }] })
  await stage.deed('admin', 'roles.grant', { scope: 'first', ...office }, { person: await stage.latest('members') })
  const seat = await stage.latest('seats')
  return { committee: office.committee, held: seat }
}
const seat = ({ held }: Record<string, unknown>) => ({ seat: held })

const newChat = { sends: { chat: 'oc_new' }, chat: 'oc_new' }

/** Offices above the branch, and chats. */
export const seats = [
  says('roles', 'grantAssessor', '/授权', { view: 'roles', chat: 'oc_first', at: 'committee' }),
  says('roles', 'grantAdmin', '/授权 管理员', { deed: 'seat.grant', chat: 'oc_first', mentions: true, at: 'own unit' }),
  press('roles.open', 'grantAssessor', { card: '授权', sends: { committee: 'first' }, at: 'committee' }),
  press('roles.find', 'grantAssessor', {
    card: '授权',
    sends: { committee: 'first' },
    form: { office: 'first', name: 'member' },
    at: 'committee',
  }),
  press('roles.find', 'grantAdmin', { card: '授权', sends: { committee: null }, form: { office: 'admin', name: '' }, at: 'own unit' }),
  press('roles.grant', 'grantAssessor', {
    deed: 'seat.grant',
    sends: { scope: 'first', ...assessor },
    form: { person: 'm probationer' },
    at: 'committee',
  }),
  press('roles.grant', 'grantAdmin', {
    deed: 'seat.grant',
    sends: { scope: 'first', ...administrator },
    form: { person: 'm probationer' },
    at: 'unit',
  }),
  press('roles.revoke', 'grantAssessor', { deed: 'seat.vacate', given: held(assessor), form: seat, at: 'committee' }),
  press('roles.revoke', 'grantAdmin', { deed: 'seat.vacate', given: held(administrator), form: seat, at: 'unit' }),

  says('bind', 'bindBranch', '/绑定 支部 home', { deed: 'chat.bind', chat: 'oc_new', at: 'home or new abroad' }),
  says('bind', 'makeBranch', '/绑定 新支部', { deed: 'chat.bind', chat: 'oc_new', at: 'new branch' }),
  says('bind', 'bindCommittee', '/绑定 党委 一分党委', { deed: 'chat.bind', chat: 'oc_new', at: 'committee' }),
  press('bind.submit', 'bindBranch', { deed: 'chat.bind', ...newChat, form: { branch: 'home' } }),
  press('bind.under', 'makeBranch', { deed: 'branch.under', sends: { branch: 'home' }, form: { committee: 'first' } }),
  press('bind.submit', 'makeBranch', { deed: 'chat.bind', ...newChat, form: { name: '新支部' }, at: 'new branch' }),
]
