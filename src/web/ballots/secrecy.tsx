import { t } from '../../text.ts'
import { secrecyParts } from '../../words/secrecy.ts'
import { Page } from '../page.tsx'
import { Section } from '../pieces.tsx'
import type { Frame } from '../visit.ts'

/** Explains in plain words how a ballot stays secret. It is the same for everybody, so it needs no link of its own. */
export const Secrecy = ({ frame, isOurs }: { frame: Frame; isOurs: boolean }) => (
  <Page frame={frame} isPlain title={t('无记名投票怎样保密', 'How a secret ballot is kept secret')}>
    {secrecyParts(isOurs).map(({ title, says }, nth) => (
      <Section id={`part${nth}`} title={frame.say(title)}>
        <ul class="steps">
          {says.map((one) => (
            <li>{frame.say(one)}</li>
          ))}
        </ul>
      </Section>
    ))}
  </Page>
)
