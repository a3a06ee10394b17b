import type { CodePayload, Failure } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { LiveScanner } from '../../platform/ports.ts';
import { Action } from '../../ui/controls';
import { goInstead } from '../../ui/navigation.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { followScan } from '../../ui/scanning.ts';
import { useShown, useText } from '../../ui/use-client.ts';
import { Viewfinder } from '../../ui/viewfinder';

const { scan } = client.platform;

/** H5: 扫码识别 in the page. */
export default function Scan() {
  const text = useText();
  const { busy, failure } = useStore(client.eligibility);
  const [round, setRound] = useState(0);
  // What failed on the page before would hide the picture of the camera.
  useEffect(() => client.eligibility.getState().clear(), []);
  const [several, setSeveral] = useState(false);
  const { scanner, failure: cameraFailure } = useScanner(round, setSeveral, async (found) => {
    await followScan({ ok: true, value: { codes: [found] } }, goInstead);
  });
  const pick = async () => {
    await followScan(await scan.pick(), goInstead);
  };
  const again = () => {
    client.eligibility.getState().clear();
    setRound(round + 1);
  };
  return (
    <Page
      name="scan"
      title={text.scan.title}
      dark
      footer={
        <Action id="scan-album" kind="secondary" busy={busy} onPress={() => void pick()}>
          {text.scan.album}
        </Action>
      }
    >
      {scanner && !failure ? (
        <Viewfinder attach={scanner.attach} guide="code" />
      ) : (
        <View className="viewfinder viewfinder--empty">
          {failure || cameraFailure ? null : text.scan.starting}
        </View>
      )}
      <View className={`camera-hint${several ? ' camera-hint--warning' : ''}`}>
        {several ? text.scan.several : text.scan.hint}
      </View>
      <View className="camera-hint camera-hint--soft">{text.scan.tips}</View>
      <FailureNote failure={failure ?? cameraFailure} onRetry={again} />
    </Page>
  );
}

/** The camera is open while the page is in front and nothing was found. */
function useScanner(
  round: number,
  onSeveral: (several: boolean) => void,
  onFound: (code: CodePayload) => Promise<void>,
) {
  const shown = useShown();
  const [state, setState] = useState<{ scanner?: LiveScanner; failure?: Failure }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens the camera again
  useEffect(() => {
    if (!shown) return undefined;
    let left = false;
    let opened: LiveScanner | undefined;
    void scan.open().then(async (answer) => {
      if (answer.ok) opened = answer.value;
      if (left) return opened?.close();
      opened?.onSeveral(onSeveral);
      setState(answer.ok ? { scanner: answer.value } : { failure: answer.error });
      const found = await opened?.found;
      if (found && !left) await onFound(found);
    });
    return () => {
      left = true;
      opened?.close();
      onSeveral(false);
      setState({});
    };
  }, [shown, round]);
  return state;
}
