import type { OrderDetail, StandardizationJob } from '@gradshot/contract';
import { type ErrorCode, errorSentence, type Failure, isErrorCode } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card, ProgressBar, Sheet } from '../../ui/cards.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Action, PictureView } from '../../ui/controls';
import { goInstead } from '../../ui/navigation.ts';
import { Empty, FailureNote, Note, Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useText } from '../../ui/use-client.ts';
import { useOrder } from '../../ui/use-order.ts';

/** 照片标准化: the button, the progress, the result, 【提交】. */
export default function Standardize() {
  const text = useText();
  const { orderId, order, failure, refusal, reload } = useOrder();
  const {
    job: anyJob,
    photoId: opened,
    failure: trouble,
    busy,
    open,
    close,
  } = useStore(client.standardization);
  const job = anyJob?.orderId === orderId ? anyJob : undefined;
  // A refused photo is no longer the order's, but its result is still to be read.
  const photoId = order?.photoId ?? order?.refusedPhotoId;
  useEffect(() => {
    if (photoId) void open(orderId, photoId);
  }, [open, orderId, photoId]);
  useEffect(() => close, [close]);
  // The result moved the order on; the buttons follow its state.
  const over = job?.state === 'done';
  useEffect(() => {
    if (over) void client.orders.getState().load(orderId);
  }, [over, orderId]);
  const refused = job?.report?.accepted === false;
  // The copy on the phone would only be offered for sending again.
  useEffect(() => {
    if (refused) void client.shot.getState().drop(orderId);
  }, [refused, orderId]);
  if (!order)
    return (
      <Page name="standardize" title={text.standardize.title}>
        <Waiting failure={failure} onRetry={reload} />
      </Page>
    );
  const shownId = photoId ?? job?.photoId;
  const erased = opened === shownId && trouble?.code === 'photo.erased';
  if (!shownId || erased) return <NoPhoto orderId={orderId} erased={erased} />;
  if (job?.state === 'done')
    return <Outcome order={order} job={job} refusal={refusal ?? failure} />;
  // Before the first answer, or of a refused photo: there is nothing to start.
  const unknown = opened !== shownId || busy === 'opening';
  if (!job && (unknown || shownId === order.refusedPhotoId))
    return <Reading orderId={orderId} photoId={shownId} />;
  return job && job.state !== 'failed' ? (
    <Working job={job} />
  ) : (
    <Ready orderId={orderId} photoId={shownId} job={job} />
  );
}

/** Where there is none yet, or it was kept for as long as it may be: the way to a new one. */
function NoPhoto({ orderId, erased }: { orderId: string; erased: boolean }) {
  const text = useText();
  const language = useLanguage();
  return (
    <Page name="standardize" title={text.standardize.title}>
      <Empty
        icon="camera"
        title={erased ? text.standardize.erased : text.standardize.noPhoto}
        {...(erased ? { note: errorSentence({ code: 'photo.erased' }, language) } : {})}
        action={{
          id: 'standardize-capture',
          label: text.standardize.toCapture,
          onPress: () => goInstead('requirements', { orderId }),
        }}
      />
    </Page>
  );
}

function Reading({ orderId, photoId }: { orderId: string; photoId: string }) {
  const text = useText();
  const { failure, open } = useStore(client.standardization);
  return (
    <Page name="standardize" title={text.standardize.title}>
      <Waiting failure={failure} onRetry={() => void open(orderId, photoId)} />
    </Page>
  );
}

type ReadyProps = { orderId: string; photoId: string; job: StandardizationJob | undefined };

function Ready({ orderId, photoId, job }: ReadyProps) {
  const text = useText();
  const { failure, busy, start } = useStore(client.standardization);
  const { shot, restore } = useStore(client.shot);
  useEffect(() => void restore(orderId), [restore, orderId]);
  const own = shot?.photoId === photoId ? shot : undefined;
  return (
    <Page
      name="standardize"
      title={text.standardize.title}
      footer={
        <>
          <FailureNote failure={failure} />
          <Action
            id="standardize-start"
            busy={busy === 'starting'}
            onPress={() => void start(orderId, photoId)}
          >
            {job ? text.standardize.again : text.standardize.start}
          </Action>
        </>
      }
    >
      {own ? (
        <PictureView uri={own.picture.uri} label={text.standardize.uploaded} className="shot" />
      ) : null}
      <Note tone="good" icon="check">
        {text.standardize.uploaded}
      </Note>
      {job?.state === 'failed' ? (
        <FailureNote failure={{ code: codeOf(job) }} />
      ) : (
        <View className="lead lead--centre">{text.standardize.lead}</View>
      )}
    </Page>
  );
}

/** A code of a newer server counts as the engine's crash: making it again helps. */
function codeOf({ error }: StandardizationJob): ErrorCode {
  return error && isErrorCode(error) ? error : 'imaging.crashed';
}

function Working({ job }: { job: StandardizationJob }) {
  const text = useText();
  const { failure, open } = useStore(client.standardization);
  const label = job.stage ? text.standardize.stages[job.stage] : text.standardize.working;
  return (
    <Page name="standardize" title={text.standardize.title}>
      <View className="working">
        <View className="spinner spinner--large" />
        <View className="working__title">
          {job.state === 'queued' ? text.standardize.queued : text.standardize.working}
        </View>
        {job.state === 'queued' ? (
          <View className="soft">{job.ahead ? text.standardize.ahead(job.ahead) : null}</View>
        ) : (
          <ProgressBar share={job.progress} label={label} />
        )}
        <View className="soft">{text.standardize.stay}</View>
      </View>
      <FailureNote failure={failure} onRetry={() => void open(job.orderId, job.photoId)} />
    </Page>
  );
}

type OutcomeProps = {
  order: OrderDetail;
  job: StandardizationJob;
  /** Why the order could not be fetched, or a press came to nothing. */
  refusal: Failure | undefined;
};

function Outcome({ order, job, refusal }: OutcomeProps) {
  const text = useText();
  const { picture, failure, open } = useStore(client.standardization);
  const report = job.report;
  const accepted = report?.accepted === true;
  const warned = report?.checks.some(({ level }) => level === 'warn');
  return (
    <Page
      name="standardize"
      title={text.standardize.title}
      footer={<OutcomeFooter order={order} job={job} accepted={accepted} refusal={refusal} />}
    >
      <Note
        tone={accepted ? (warned ? 'info' : 'good') : 'warn'}
        icon={accepted ? 'check' : 'warn'}
      >
        {accepted
          ? warned
            ? text.standardize.resultWarn
            : text.standardize.resultGood
          : text.standardize.resultBad}
      </Note>
      {picture ? (
        <PictureView
          id="standardize-picture"
          uri={picture.uri}
          label={text.download.standard}
          className="standard"
        />
      ) : null}
      <FailureNote failure={failure} onRetry={() => void open(job.orderId, job.photoId)} />
      {accepted ? <View className="lead lead--centre">{text.standardize.confirmLead}</View> : null}
      {report ? (
        <Card>
          <CheckList report={report} />
        </Card>
      ) : null}
    </Page>
  );
}

type FooterProps = OutcomeProps & { accepted: boolean };

function OutcomeFooter({ order, job, accepted, refusal }: FooterProps) {
  const text = useText();
  const { busy, retake, submit } = useStore(client.orders);
  const [asked, setAsked] = useState(false);
  const { orderId } = order;
  const again = async () => {
    // A refused photo was taken off the order by the server already.
    const present = await client.orders.getState().load(orderId);
    if (!present || (present.state !== 'pendingCapture' && !(await retake(orderId)))) return;
    await client.shot.getState().drop(orderId);
    goInstead('capture', { orderId });
  };
  const confirming = useRef(false);
  const confirm = async () => {
    if (confirming.current) return;
    confirming.current = true;
    await submitOnce();
    confirming.current = false;
  };
  const submitOnce = async () => {
    const { settings } = client.settings.getState();
    // WeChat asks inside a tap alone, so before anything is awaited.
    const asking = client.platform.phone.askForMessages(settings?.wechatTemplateIds ?? []);
    const done = await submit(orderId, job.photoId);
    await asking;
    setAsked(false);
    if (!done) return;
    await client.shot.getState().drop(orderId);
    goInstead('review', { orderId });
  };
  return (
    <>
      <FailureNote failure={refusal} />
      <View className="pair">
        <Action
          id="standardize-retake"
          kind={accepted ? 'secondary' : 'primary'}
          busy={busy && !asked}
          onPress={() => void again()}
        >
          {accepted ? text.standardize.retake : text.standardize.retakeBad}
        </Action>
        {accepted ? (
          <Action id="standardize-submit" onPress={() => setAsked(true)}>
            {text.standardize.submit}
          </Action>
        ) : null}
      </View>
      {asked ? (
        <Sheet title={text.standardize.sheetTitle} note={text.standardize.sheetNote}>
          <Action id="standardize-confirm" busy={busy} onPress={() => void confirm()}>
            {text.standardize.sheetYes}
          </Action>
          <Action id="standardize-look" kind="quiet" onPress={() => setAsked(false)}>
            {text.standardize.sheetNo}
          </Action>
        </Sheet>
      ) : null}
    </>
  );
}
