import type { StandardizationJob } from '@gradshot/contract';
import { MACHINE_CHECKS, type MachineCheckCode } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { Tappable } from './controls';
import { Icon } from './icon.tsx';
import { useSentence, useText } from './use-client.ts';

type Report = NonNullable<StandardizationJob['report']>;
type Check = Report['checks'][number];

/** Every failed check with what to change; passed ones fold away. */
export function CheckList({ report }: { report: Report }) {
  const { standardize: text } = useText();
  const sentence = useSentence();
  const [open, setOpen] = useState(false);
  const at = (level: Check['level']) => report.checks.filter((check) => check.level === level);
  const passed = at('pass');
  const { reason } = report;
  const told = at('fail').some(({ code }) => code === reason?.code);
  return (
    <View className="checks">
      {reason && !told ? <View className="checks__reason">{sentence(reason)}</View> : null}
      <Group title={text.failedChecks} checks={at('fail')} />
      <Group title={text.warnings} checks={at('warn')} />
      {passed.length > 0 ? (
        <Tappable
          id="standardize-passed"
          className="checks__fold"
          expanded={open}
          onPress={() => setOpen(!open)}
        >
          <Icon name="check" />
          <View className="checks__fold-text">{text.passed(passed.length)}</View>
          <Icon name="chevron" />
        </Tappable>
      ) : null}
      {open ? (
        <View className="checks__passed">
          {passed.map((check) => (
            <View key={check.code} className="checks__chip">
              {sentence(labelOf(check))}
            </View>
          ))}
        </View>
      ) : null}
    </View>
  );
}

function Group({ title, checks }: { title: string; checks: readonly Check[] }) {
  const sentence = useSentence();
  if (checks.length === 0) return null;
  return (
    <View className="checks__group">
      <View className="checks__title">{title}</View>
      {checks.map((check) => (
        <View key={check.code} className={`check check--${check.level}`}>
          <Icon name={check.level === 'fail' ? 'cross' : 'warn'} />
          <View className="check__words">
            <View className="check__label">{sentence(labelOf(check))}</View>
            <View className="check__text">{sentence(check)}</View>
          </View>
        </View>
      ))}
    </View>
  );
}

/** A check of a newer engine has no label here; its own sentence says all. */
function labelOf(check: Check): { zh: string; en: string } {
  return MACHINE_CHECKS[check.code as MachineCheckCode] ?? { zh: check.code, en: check.code };
}
