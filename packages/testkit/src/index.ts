export {
  buildOrder,
  buildOrderDetail,
  buildStudent,
  sampleStudent,
} from './builders/order-builder.ts';
export {
  buildCheck,
  buildRefusal,
  buildRefusedPhoto,
  buildReport,
} from './builders/report-builder.ts';
export {
  CAMERA_CONTRACT,
  type CameraContractCase,
  type CameraObservation,
  type CameraRig,
  type CameraTraits,
  contractOf,
  WEBCAM_TRAITS,
} from './camera/camera-contract.ts';
export { drawCodeOnPhone, type PhoneScene } from './camera/code-on-phone.ts';
export { pictureFile } from './camera/picture-file.ts';
export {
  type HeardShot,
  SHOT_CONTRACT,
  type ShotContractCase,
  type ShotRig,
} from './camera/shot-contract.ts';
export {
  createSimulatedMediaDevices,
  type SimulatedMediaDevices,
} from './camera/simulated-media-devices.ts';
export {
  type FilmOptions,
  FRAMES_PER_SECOND,
  type Still,
  writeFakeCameraFilm,
} from './camera/still-video.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { type FlakyProxy, type NetworkFaults, startFlakyProxy } from './network/flaky-proxy.ts';
export type { AgencyCredentials } from './simulators/chsi-gateway/agency-protocol.ts';
export { CODE_KINDS, type CodeKind } from './simulators/chsi-gateway/code-desk.ts';
export {
  type GatewaySimulator,
  renderCode,
  startGatewaySimulator,
} from './simulators/chsi-gateway/gateway-simulator.ts';
export {
  impossibleHongKongId,
  impossibleMainlandId,
} from './simulators/chsi-gateway/id-number.ts';
export {
  SAMPLE_SCHOOLS,
  SAMPLE_STUDENTS,
  type SampleSchool,
  type SampleStudent,
} from './simulators/chsi-gateway/sample-students.ts';
export {
  type SmsCredentials,
  type SmsMessage,
  type SmsSimulator,
  startSmsSimulator,
} from './simulators/sms/sms-simulator.ts';
export { SMS_NOTICE_TEMPLATES } from './simulators/sms/sms-templates.ts';
export {
  type Simulators,
  type SimulatorsOptions,
  startSimulators,
} from './simulators/start-simulators.ts';
export {
  type SubscriptionMessage,
  WECHAT_NOTICE_TEMPLATES,
} from './simulators/wechat-login/subscription-messages.ts';
export {
  startWechatLoginSimulator,
  type WechatLoginSimulator,
} from './simulators/wechat-login/wechat-login-simulator.ts';
export type { Delivery } from './simulators/wechat-pay/notifier.ts';
export type { MerchantCredentials } from './simulators/wechat-pay/platform.ts';
export {
  createIdentity as createPlatformIdentity,
  type Identity as PlatformIdentity,
} from './simulators/wechat-pay/platform-identity.ts';
export {
  type PayOutcome,
  type PayRequest,
  startWechatPaySimulator,
  type WechatPaySimulator,
} from './simulators/wechat-pay/wechat-pay-simulator.ts';
