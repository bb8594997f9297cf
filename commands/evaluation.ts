import { inDirectChat } from '../cards/home/say.ts'
import { command } from '../src/command.ts'
import { memberOrRefuse } from '../src/context.ts'
import { t } from '../src/text.ts'

export const evaluation = command({
  name: 'evaluation',
  zh: '评议',
  part: 'everybody',
  also: ['民主评议', '评议党员', 'evaluate'],
  summary: t('民主评议：自评、看结果；支委开展和办理', 'Evaluation: your own view and result; the committee runs it'),
  usage: t(
    '/评议、/评议 2026年下半年、/评议 年终、/评议 小组、/评议 我的',
    '/evaluation, /evaluation 2026H2, /evaluation 2026, /evaluation group, /evaluation mine',
  ),
  rights: ['beEvaluated', 'enterGroupView', 'runEvaluation'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { evaluationAsked } = await import('../cards/evaluation/asked.ts')
    const shown = await evaluationAsked(here, rest.normalize('NFKC').trim())
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
