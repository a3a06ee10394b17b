import type { OrderDetail, Student } from '@gradshot/contract';
import { ORDER_STATE_TEXT, type OrderState } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { dateTimeOf } from './amounts.ts';
import { Facts } from './cards.tsx';
import { toneOf } from './order-route.ts';
import { useLanguage, useSentence, useText } from './use-client.ts';

export function StateTag({ state }: { state: OrderState }) {
  const sentence = useSentence();
  return (
    <View className={`state-tag state-tag--${toneOf(state)}`}>
      {sentence(ORDER_STATE_TEXT[state])}
    </View>
  );
}

/** 学籍 data as the server masks them. */
export function StudentFacts({ student }: { student: Omit<Student, 'studentId'> }) {
  const { student: label } = useText();
  return (
    <Facts
      facts={[
        [label.name, student.maskedName],
        [label.idNumber, student.maskedIdNumber],
        [label.school, student.school],
        [label.college, student.college],
        [label.major, student.major],
        [label.level, student.level],
        [label.graduationYear, student.graduationYear?.toString()],
      ]}
    />
  );
}

/** What happened to the order, newest first. */
export function History({ history }: { history: OrderDetail['history'] }) {
  const language = useLanguage();
  const sentence = useSentence();
  const { order } = useText();
  if (history.length === 0) return <View className="soft">{order.noHistory}</View>;
  return (
    <View className="history">
      {[...history].reverse().map(({ at, to, event }) => (
        <View key={`${at}${event}`} className="history__row">
          <View className="history__dot" />
          <View className="history__state">{sentence(ORDER_STATE_TEXT[to])}</View>
          <View className="history__time">{dateTimeOf(at, language)}</View>
        </View>
      ))}
    </View>
  );
}
