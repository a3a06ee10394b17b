import { errorSentence } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const s = createStore(() => ({ a: 1 }));
export default function Launch() {
  const a = useStore(s, (x) => x.a);
  return (
    <View id="x">
      {errorSentence({ code: 'auth.required' })}
      {a}
    </View>
  );
}
