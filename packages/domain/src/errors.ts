/**
 * Every expected failure of the product. One closed set for IPC and HTTP. Each sentence says what
 * happened and what to do next; `{name}` is filled from the failure's details.
 * `retry`: the same call may succeed later without anybody changing anything.
 */
type ErrorText = {
  readonly retry?: true;
  readonly zh: string;
  readonly en: string;
};

export const ERRORS = {
  // request
  'request.invalid': {
    zh: '提交的内容不完整或格式不正确（{field}），请检查后重试。',
    en: 'The request is incomplete or malformed ({field}). Check it and try again.',
  },
  'request.tooLarge': {
    zh: '提交的内容过大，请压缩或更换文件后重试。',
    en: 'The request is too large. Use a smaller file.',
  },
  'request.notFound': {
    zh: '没有找到您要的内容，请返回上一步重新进入。',
    en: 'Nothing was found there. Go back one step and enter again.',
  },
  'request.tooMany': {
    retry: true,
    zh: '操作过于频繁，请在 {seconds} 秒后再试。',
    en: 'Too many requests. Try again in {seconds} seconds.',
  },
  'request.idempotencyMismatch': {
    zh: '同一请求编号对应了不同的内容，请返回上一步重新操作。',
    en: 'This idempotency key was used for different content. Go back and start again.',
  },
  // authorisation
  'auth.required': {
    zh: '登录已失效，请重新识别采集码。',
    en: 'You are signed out. Scan the collection code again.',
  },
  'auth.forbidden': {
    zh: '您没有权限查看或修改这项内容，如有疑问请联系客服。',
    en: 'You may not see or change this. Contact customer service if in doubt.',
  },
  'auth.credentials': {
    zh: '账号或密码不正确，请重新输入。',
    en: 'Wrong account or password. Enter them again.',
  },
  'auth.wechatCode': {
    retry: true,
    zh: '微信登录凭证已失效，请重新点击进入。',
    en: 'The WeChat login code is no longer valid. Enter again.',
  },
  'auth.wechatUnavailable': {
    retry: true,
    zh: '微信登录服务暂时不可用，请稍后重试。',
    en: 'WeChat login is unavailable. Try again shortly.',
  },
  'auth.smsCodeWrong': {
    zh: '短信验证码不正确，还可以尝试 {remaining} 次，请核对后重新输入。',
    en: 'The SMS code is wrong; {remaining} tries left. Check and enter it again.',
  },
  'auth.smsCodeExpired': {
    zh: '短信验证码已失效，请重新获取。',
    en: 'The SMS code is no longer valid. Request a new one.',
  },
  'auth.smsUnavailable': {
    retry: true,
    zh: '短信发送失败，请核对手机号后稍后重试。',
    en: 'The message could not be sent. Check the number and try again shortly.',
  },
  // network and server
  'network.unreachable': {
    retry: true,
    zh: '网络连接不上服务器，请检查网络后重试。',
    en: 'The server cannot be reached. Check the network and try again.',
  },
  'network.timeout': {
    retry: true,
    zh: '服务器响应超时，请稍后重试。',
    en: 'The server took too long. Try again shortly.',
  },
  'server.internal': {
    retry: true,
    zh: '系统出现异常，已记录，请稍后重试或联系工作人员。',
    en: 'Something went wrong and was recorded. Try again or call a member of staff.',
  },
  'server.busy': {
    retry: true,
    zh: '服务器正在处理的照片较多，这张照片还没有收下，请稍等片刻后重试。',
    en: 'The server has many photos in hand and has not taken this one yet. Wait a moment and try again.',
  },
  // station
  'station.enrolmentCodeInvalid': {
    zh: '设备登记码不正确、已使用或已过期，请在管理后台重新生成。',
    en: 'The enrolment code is wrong, used or expired. Create a new one in the console.',
  },
  'station.notEnrolled': {
    zh: '本机尚未登记或已被停用，请工作人员使用登记码重新登记。',
    en: 'This station is not enrolled or was disabled. Staff must enrol it again.',
  },
  'station.wrongStep': {
    zh: '当前步骤不能进行这项操作，请按页面提示继续。',
    en: 'This cannot be done at the present step. Follow the page.',
  },
  'station.busy': {
    retry: true,
    zh: '上一步操作正在进行，请稍候。',
    en: 'The previous action is still running. Please wait.',
  },
  'station.cannotShoot': {
    retry: true,
    zh: '本机现在不能拍照，请先不要付款，联系工作人员（自检第 {test} 项）。',
    en: 'This station cannot take photos now. Please do not pay yet and call the staff (self-test {test}).',
  },
  'station.diskFull': {
    zh: '本机存储空间不足，照片没有保存，请通知工作人员清理磁盘后重试。',
    en: 'The disk is full and the photo was not saved. Call staff, then try again.',
  },
  'station.diskFullAtStart': {
    zh: '磁盘已满，采集程序无法启动；已保存的照片都在，请清理磁盘后重新启动。',
    en: 'The disk is full and the station cannot start. Every photo kept is still there: free some space and start again.',
  },
  'station.diskBroken': {
    zh: '本机磁盘写入出错，刚才的操作可能没有保存；请联系工作人员停用本机，换一台设备继续。',
    en: 'The disk fails to write, so what was just done may not be kept. Staff must take this station out of use; go on at another one.',
  },
  'station.diskFailing': {
    zh: '读写磁盘出错，采集程序无法启动；请不要反复重启，先备份数据文件夹，再更换磁盘或联系技术支持。',
    en: 'The disk fails to read or write and the station cannot start. Do not keep restarting: copy the data folder, then change the disk or call support.',
  },
  'station.dataFolderDenied': {
    zh: '没有权限读写本机数据文件夹，采集程序无法启动；请用原来的系统账号启动，或恢复文件夹的权限。',
    en: 'The data folder may not be read or written, so the station cannot start. Start it with the former account, or restore the folder’s permissions.',
  },
  'station.keyMissing': {
    zh: '数据文件夹里有照片，但密钥文件不见了；请把原来的密钥文件放回数据文件夹后重新启动。',
    en: 'There are photos in the data folder, but its key file is gone. Put the former key file back and start again.',
  },
  'station.keyDamaged': {
    zh: '密钥文件已损坏，打不开本机数据；请换上备份的密钥文件后重新启动，或联系技术支持。',
    en: 'The key file is damaged and opens nothing. Replace it by a backup of it and start again, or call support.',
  },
  'station.fileNotSaved': {
    zh: '文件没有保存成功（{reason}），请换一个位置或检查 U 盘后再保存一次。',
    en: 'The file was not saved ({reason}). Choose another place or check the USB stick, then save again.',
  },
  'station.alreadyRunning': {
    zh: '本机的采集程序已经在运行，请切换到已打开的窗口。',
    en: 'The station is already running on this machine. Switch to its window.',
  },
  'station.keyMismatch': {
    zh: '本机数据无法用当前密钥打开，请恢复原来的密钥文件后重新启动，或联系技术支持。',
    en: 'The local data cannot be opened with this key. Restore the former key file and restart.',
  },
  'station.outboxNotEmpty': {
    zh: '还有 {count} 项内容没有传到原来的服务器，请等待上传完成后再更换服务器。',
    en: '{count} items have not reached the former server. Wait for them before changing servers.',
  },
  'station.mayNotLiftLock': {
    zh: '本机没有解除锁定的权限，请管理员在管理后台的「采集点」中为本机开通后再试。',
    en: 'This station may not lift locks. An administrator grants it in the console, under Stations.',
  },
  'station.mayNotTakePayment': {
    zh: '本机没有登记这种收款的权限，请管理员在管理后台的「采集点」中为本机开通后再试。',
    en: 'This station may not record such payments. An administrator grants it in the console, under Stations.',
  },
  'station.profileMismatch': {
    zh: '本机的照片标准（{station}）与服务器要求的（{server}）不一致，现在拍照无法上传；请工作人员更新本机程序，或在手机上继续。',
    en: 'This station makes photos by {station}, the server takes {server}, so none could be sent. Staff must update the station; or go on with your phone.',
  },
  'station.databaseNewer': {
    zh: '本机数据由更新版本的软件写入，请升级软件后再使用。',
    en: 'The local data were written by a newer version. Update the software.',
  },
  'station.usbNotSeen': {
    zh: '看不到本机的 USB 设备，没有记住任何设备，请联系技术支持。',
    en: 'The USB devices of this machine cannot be seen, so none was remembered. Call support.',
  },
  'station.printerMissing': {
    zh: '找不到选定的打印机，没有打印，请联系工作人员。',
    en: 'The chosen printer was not found and nothing was printed. Please call the staff.',
  },
  'station.printerPaper': {
    zh: '打印机缺纸，没有打印，请联系工作人员装纸后再打一次。',
    en: 'The printer is out of paper and nothing was printed. Please call the staff, then print again.',
  },
  'station.printerJam': {
    zh: '打印机卡纸，没有打印，请联系工作人员处理后再打一次。',
    en: 'Paper is jammed in the printer and nothing was printed. Please call the staff, then print again.',
  },
  'station.printerCover': {
    zh: '打印机的盖子没有关好，没有打印，请联系工作人员处理后再打一次。',
    en: 'The printer’s cover is open and nothing was printed. Please call the staff, then print again.',
  },
  'station.printerOffline': {
    zh: '打印机没有连上，没有打印，请联系工作人员处理后再打一次。',
    en: 'The printer is offline and nothing was printed. Please call the staff, then print again.',
  },
  'station.printerStopped': {
    zh: '打印机已暂停或有故障，没有打印，请联系工作人员处理后再打一次。',
    en: 'The printer is paused or faulty and nothing was printed. Please call the staff, then print again.',
  },
  'station.printFailed': {
    zh: '这次没有打印成功，请再打一次；仍然不行请联系工作人员。',
    en: 'It could not be printed this time. Please try again, and call the staff if that fails too.',
  },
  'station.printTimedOut': {
    zh: '打印机一直没有应答，请联系工作人员看看有没有打出来。',
    en: 'The printer never answered. Please call the staff to see whether it printed.',
  },
  'station.printedAlready': {
    zh: '已经打印过一次，需要再打一份请联系工作人员。',
    en: 'This was printed already. Please call the staff for another copy.',
  },
  'station.printVisitOver': {
    zh: '毕业生已经离开，没有打印；需要时请毕业生重新核验后再打印。',
    en: 'The graduate has left and nothing was printed. Let them verify again to print it.',
  },
  'station.sheetUnusable': {
    zh: '服务器给的排版照不能用于这种纸，没有打印，请联系工作人员换一种纸后再打一次。',
    en: 'The server’s print sheet does not fit this paper and nothing was printed. Please call the staff to choose another paper.',
  },
  'stick.notPhotoFile': {
    zh: '这不是采集点保存的照片文件，请选择文件名以 .photos 结尾的文件。',
    en: 'This is no file of photos that a station saved. Choose one whose name ends with .photos.',
  },
  'stick.fileNewer': {
    zh: '这个文件由更新版本的采集程序保存，请先升级本机程序再交回。',
    en: 'A newer version of the station saved this file. Update this station first.',
  },
  'stick.damaged': {
    zh: '文件不完整或已损坏，这部分照片读不出来；请重新插好 U 盘再试，仍然不行请在原采集点再保存一次。',
    en: 'The file is cut short or damaged, so this cannot be read. Plug the stick in again and retry; else save once more at the first station.',
  },
  'stick.otherSchool': {
    zh: '这些照片属于另一所学校，不能在本机交回，请到那所学校的采集点交回。',
    en: 'These photos belong to another school. Hand them in at a station of that school.',
  },
  'stick.originUnknown': {
    zh: '服务器不认识保存这些照片的采集点，请核对它登记在哪台服务器，或联系技术支持。',
    en: 'The server does not know the station that saved these photos. Check which server it is enrolled at, or call support.',
  },
  'stick.keyNotRegistered': {
    zh: '原采集点还没有把密钥交给服务器保管，照片暂时打不开；请让原采集点联网一次，再来交回。',
    en: 'The first station has not entrusted its key to the server yet, so the photo cannot be opened. Let that station reach the server once, then try again.',
  },
  'stick.orderGoneOn': {
    zh: '这笔订单后来已经用别的照片继续办理，以后来的为准，这张照片不再使用，无需处理。',
    en: 'The order has since gone on with another photo, which counts. This one is no longer needed; nothing is to be done.',
  },
  'staff.pinWrong': {
    zh: '管理密码不正确，请重新输入；忘记密码请用新的登记码重新登记本机。',
    en: 'Wrong staff PIN. Enter it again, or enrol the station anew if it is forgotten.',
  },
  'staff.locked': {
    zh: '请先输入管理密码，再进行这项操作。',
    en: 'Enter the staff PIN first.',
  },
  'staff.atDesk': {
    zh: '这是学生屏，不能进行这项操作，请在工作人员的屏幕上操作。',
    en: 'This is the graduate’s screen. Do this at the staff’s screen.',
  },
  'tablet.codeWrong': {
    zh: '配对码不正确，还可以试 {left} 次，请对照采集点屏幕上的配对码重新输入。',
    en: 'The pairing code is wrong; {left} tries left. Compare it with the station’s screen and enter it again.',
  },
  'tablet.pairingClosed': {
    zh: '没有配对：配对码过了 5 分钟、已经用过，或连续输错 5 次。请在采集点的屏幕上重新生成配对码。',
    en: 'Not paired: the code is older than five minutes, was used, or was entered wrong five times. Make a new one at the station’s screen.',
  },
  'tablet.unpaired': {
    zh: '这台平板已解除配对，刚才的操作没有进行。要继续使用，请在采集点的屏幕上重新配对。',
    en: 'This tablet is not paired any more and nothing was done. Pair it again at the station’s screen.',
  },
  'tablet.atStation': {
    zh: '这项操作不能在平板上进行，请到采集点的屏幕上操作。',
    en: 'This cannot be done from a tablet. Do it at the station’s screen.',
  },
  'tablet.notOpen': {
    zh: '平板接入还没有打开，不能配对。请先打开开关，等屏幕显示地址后再配对。',
    en: 'Tablets cannot reach the station yet. Switch that on, and pair once an address is shown.',
  },
  'tablet.tooMany': {
    zh: '已经配对了 {limit} 台平板，请先解除不用的，再配对新的。',
    en: '{limit} tablets are paired already. Unpair one that is not used, then pair the new one.',
  },
  'shutter.notAtCamera': {
    zh: '没有拍照：学生屏不在拍照页。请等学生进入拍照页后再按快门。',
    en: 'No picture was taken: nobody is at the camera page. Press once the graduate is there.',
  },
  'shutter.notReady': {
    zh: '没有拍照：相机还没有准备好。请稍候再按，仍然不行请查看自检第 8 项。',
    en: 'No picture was taken: the camera is not ready. Press again shortly; else see self-test 8.',
  },
  'shutter.underWay': {
    zh: '正在拍照，没有另拍一张。请等照片出现。',
    en: 'A picture is being taken; no other was. Wait for it to appear.',
  },
  'onSite.releaseForbidden': {
    zh: '这张照片不能放行：{checks}。请调整后重拍。',
    en: 'This photo cannot be released: {checks}. Change it and shoot again.',
  },
  'onSite.personalNumber': {
    zh: '说明里有像证件号或电话号码的数字，请删去号码，只写现场看到的情况。',
    en: 'The text holds what may be an ID or telephone number. Leave it out and say only what you see.',
  },
  // collection code and eligibility
  'code.unreadable': {
    zh: '没有识别到采集码，请把二维码放入框内、擦净屏幕并调亮亮度，或使用长按保存的原图（截图可能无法识别）。',
    en: 'No code was recognised. Centre it, brighten the screen, or use the saved original, not a screenshot.',
  },
  'code.scannedInPart': {
    zh: '扫码枪没有读全这个码，请将二维码对准摄像头，或联系工作人员。',
    en: 'The hand scanner did not get the whole code. Hold it up to the camera, or ask the staff.',
  },
  'code.notCollectionCode': {
    zh: '这不是学信网图像采集码，请在学信网「获取图像采集码」页面重新获取。',
    en: 'This is not a CHSI collection code. Get it from the CHSI website.',
  },
  'code.unknown': {
    zh: '学信网没有查到这个采集码，请确认是本人本次学籍的采集码后重新识别。',
    en: 'CHSI does not know this code. Make sure it is yours and scan it again.',
  },
  'code.expired': {
    zh: '采集码已过期，请登录学信网重新获取后再识别。',
    en: 'The collection code has expired. Get a new one from CHSI.',
  },
  'code.gatewayUnavailable': {
    retry: true,
    zh: '学信网核验服务暂时不可用，请稍后重试。',
    en: 'The CHSI verification service is unavailable. Try again shortly.',
  },
  'handover.expired': {
    zh: '接续二维码已使用或已过期，请在原设备上重新生成后再扫。',
    en: 'The continuation code was used or has expired. Make a new one on the first device.',
  },
  'arrival.codeExpired': {
    zh: '这个到场码已失效，请重新扫描采集点屏幕上的二维码。',
    en: 'This arrival code is no longer valid. Scan the one on the station’s screen now.',
  },
  'arrival.otherSchool': {
    zh: '这个采集点属于「{school}」，请到本校采集点扫码，或使用手机办理。',
    en: 'This station belongs to {school}. Check in at your own school’s station, or go on with your phone.',
  },
  'arrival.nothingToDo': {
    zh: '这笔订单的照片已经提交或已经结束，不用再到采集点排队；可在订单里查看进度。',
    en: 'The photo of this order is handed in, or the order is over. There is nothing to queue for; see the order.',
  },
  'arrival.stationAway': {
    retry: true,
    zh: '采集点暂时没有联网，没有取到号，请直接找工作人员排队。',
    en: 'The station is offline at present and gave no number. Ask its staff to put you in the queue.',
  },
  'eligibility.lastFourWrong': {
    zh: '证件号码后四位不正确，还可以尝试 {remaining} 次，请核对后重新输入。',
    en: 'The last four characters are wrong; {remaining} tries left. Check and enter them again.',
  },
  'eligibility.locked': {
    retry: true,
    zh: '连续输入错误次数过多，请在 {minutes} 分钟后再试，或联系工作人员。',
    en: 'Too many wrong tries. Try again in {minutes} minutes or call staff.',
  },
  'eligibility.notLocked': {
    zh: '这位毕业生现在没有被锁定，可以直接输入证件号码后四位。',
    en: 'This graduate is not locked. The last four characters can be entered.',
  },
  'eligibility.liftsUsedUp': {
    zh: '这位毕业生今天已经解除锁定 {limit} 次，不能再解除；请等锁定时间过后重新识别采集码，或联系客服核对证件信息。',
    en: 'This graduate’s lock was lifted {limit} times today and cannot be lifted again. Wait until it is over and scan the code anew, or contact customer service.',
  },
  'eligibility.ticketExpired': {
    zh: '核验已超时，请重新识别采集码。',
    en: 'The verification timed out. Scan the code again.',
  },
  'eligibility.noBatch': {
    zh: '您的学校暂未开放图像采集，请留意学校通知或联系客服。',
    en: 'Your school has not opened collection yet. Watch its notices or contact customer service.',
  },
  'eligibility.otherSchool': {
    zh: '您的学籍属于「{school}」，本采集点不受理，请到本校采集点或使用小程序办理。',
    en: 'Your record belongs to {school}. Go to that school’s station or use the mini-program.',
  },
  // offline collection
  'offline.switchedOff': {
    zh: '学校没有开放离线采集，请管理员在管理后台的「名单」中开启后再试。',
    en: 'The school has not opened offline collection. An administrator does so in the console, under the roster.',
  },
  'offline.notInRoster': {
    zh: '名单里已没有这位毕业生，请与学校核对后重新导入名单，再重新核对。',
    en: 'The roster no longer has this graduate. Check with the school, import the roster again, then confirm once more.',
  },
  'offline.otherPerson': {
    zh: '采集码不属于名单中选定的这位毕业生，照片没有归入任何人；请本人出示自己的采集码重新核对，选错人时请舍弃后重新拍照。',
    en: 'The code is not that of the person who was picked, so the photo went to nobody. Let them show their own code, or discard and shoot again if the wrong person was picked.',
  },
  'offline.photographed': {
    zh: '这位毕业生已在别处完成采集，本机的照片没有提交；请与本人确认后舍弃。',
    en: 'This graduate was photographed elsewhere, so the photo here was not handed in. Ask them, then discard it.',
  },
  'offline.orderEnded': {
    zh: '这位毕业生的采集订单已取消或退款，照片没有提交；请本人重新办理，或舍弃这次采集。',
    en: 'The order was cancelled or refunded, so the photo was not handed in. Let the graduate start again, or discard it.',
  },
  // orders
  'order.notFound': {
    zh: '没有找到这笔采集订单，请返回采集列表重新进入。',
    en: 'The order was not found. Return to the list and enter again.',
  },
  'order.transitionForbidden': {
    zh: '订单当前为「{state}」，不能进行这项操作，请刷新后按页面提示继续。',
    en: 'The order is "{state}", so this cannot be done. Refresh and follow the page.',
  },
  'order.locked': {
    zh: '采集已完成，信息和照片不能再修改；如有错误请联系客服。',
    en: 'Collection is complete: data and photo are locked. Contact customer service about errors.',
  },
  'order.cancelled': {
    zh: '订单已取消，不能再操作；如需采集请重新识别采集码。',
    en: 'The order was cancelled, so nothing more can be done with it. Scan the code again to start a new one.',
  },
  'order.refunding': {
    zh: '订单正在退款，暂时不能操作；请稍后刷新查看退款结果，如有疑问请联系客服。',
    en: 'The order is being refunded, so nothing can be done with it now. Refresh later for the result, or contact customer service.',
  },
  'order.refunded': {
    zh: '订单已退款，不能再操作；如需采集请重新识别采集码。',
    en: 'The order was refunded, so nothing more can be done with it. Scan the code again to start a new one.',
  },
  'consent.required': {
    zh: '还有 {count} 项同意书没有勾选，请在服务内容中阅读并勾选后再继续。',
    en: '{count} consents are not ticked yet. Read and tick them with the service, then go on.',
  },
  // payment
  'payment.alreadyPaid': {
    zh: '这笔订单已经支付，无需再次付款，请直接拍照。',
    en: 'This order is already paid. Go on to the photo.',
  },
  'payment.expired': {
    zh: '本次付款已过期，请重新支付。',
    en: 'This payment has expired. Start another one.',
  },
  'payment.providerUnavailable': {
    retry: true,
    zh: '微信支付暂时不可用，请稍后重试；如已付款请勿重复支付。',
    en: 'WeChat Pay is unavailable. Try again shortly; do not pay twice.',
  },
  'payment.signatureInvalid': {
    zh: '支付通知签名不正确，已拒绝；请核对商户证书与密钥配置。',
    en: 'The payment notification has a bad signature and was refused. Check certificates and keys.',
  },
  'payment.amountMismatch': {
    zh: '支付金额与订单不一致，已暂停处理，请联系客服。',
    en: 'The amount paid differs from the order. Contact customer service.',
  },
  'payment.refundRefused': {
    zh: '微信支付没有接受这笔退款（{reason}），请在商户平台核对余额、金额和期限后重试。',
    en: 'WeChat Pay refused this refund ({reason}). Check balance, amount and period, then try again.',
  },
  'payment.receiptInvalid': {
    zh: '收据号应为 2 到 30 位汉字、字母、数字、「-」或「/」，请对照收据重新输入。',
    en: 'A receipt number has 2 to 30 letters, digits, hyphens or slashes. Look at the receipt and enter it again.',
  },
  'payment.receiptUsed': {
    zh: '收据号 {receiptNo} 在本校已经登记过，没有重复登记；请对照收据核对号码，或换一张收据。',
    en: 'Receipt number {receiptNo} was recorded at this school before; nothing was recorded now. Check the number, or take another receipt.',
  },
  'payment.cashByHand': {
    zh: '这笔款项是现场收取的现金，不能通过微信支付退回；请当面交还现金，再登记线下退回。',
    en: 'This money was taken in cash and cannot go back through WeChat Pay. Hand it back, then note it as returned by hand.',
  },
  'payment.notDue': {
    zh: '这笔款项不在待退之列或已经退回，请刷新列表后核对。',
    en: 'This money is not owed back, or was returned already. Refresh the list and check.',
  },
  'payment.refundRunning': {
    zh: '这笔款项正在退回，请等待微信支付的结果，不要重复操作。',
    en: 'This money is being returned. Wait for WeChat Pay’s answer and do nothing twice.',
  },
  'payment.refundAsked': {
    zh: '这笔订单已有人申请退款，正在等待另一位人员审批，请不要重复申请。',
    en: 'A refund of this order was asked for and waits for somebody else’s approval. Do not ask twice.',
  },
  'payment.ownRefund': {
    zh: '自己提出的退款申请不能由自己审批，请另一位有权限的人员处理。',
    en: 'You cannot decide on a refund that you asked for. Have somebody else with that right do it.',
  },
  'payment.refundDecided': {
    zh: '这笔退款申请已经有人审批，请刷新列表后查看结果。',
    en: 'Somebody has decided on this refund already. Refresh the list to see how.',
  },
  'payment.billNotYet': {
    retry: true,
    zh: '微信支付还没有生成这一天的账单，一般在次日 10 点后可以下载，系统会自动重试。',
    en: 'WeChat Pay has not made the bill of that day yet. It is there after ten the next day; we try again.',
  },
  'payment.billDamaged': {
    retry: true,
    zh: '下载到的账单不完整（校验值或合计不符），没有入账，系统会自动重新下载；多次出现请联系微信支付。',
    en: 'The bill is damaged (its hash or its sums do not fit) and was not taken. We fetch it again; if it stays so, ask WeChat Pay.',
  },
  'payment.differenceSettled': {
    zh: '这条差异已有人处理，请刷新后查看处理说明。',
    en: 'Somebody has settled this difference. Refresh to read how.',
  },
  'payment.exportReasonNeeded': {
    zh: '导出姓名须填写用途，导出会记入日志；请填写后重试。',
    en: 'Say what the names are for; the export is written down. Then try again.',
  },
  'payment.notAbnormal': {
    zh: '这笔退款现在不需要人工处理，可能刚刚有了结果，请刷新列表后核对。',
    en: 'This refund needs no hand now; it may just have come to an end. Refresh the list and check.',
  },
  // photos
  'photo.tooLargeBytes': {
    zh: '照片文件超过 {limitMb} MB，请使用相机直接拍摄的原图。',
    en: 'The photo file is over {limitMb} MB. Use the original camera file.',
  },
  'photo.tooManyPixels': {
    zh: '照片尺寸过大（{width} × {height}），无法处理，请使用普通相机照片。',
    en: 'The photo is too large ({width} × {height}). Use an ordinary camera picture.',
  },
  'photo.tooSmall': {
    zh: '照片尺寸过小（{width} × {height}），请使用原图或靠近一些重新拍摄。',
    en: 'The photo is too small ({width} × {height}). Use the original or shoot closer.',
  },
  'photo.notAnImage': {
    zh: '这个文件不是照片（支持 JPEG、PNG、WebP、HEIC），请更换文件。',
    en: 'This file is not a photo (JPEG, PNG, WebP or HEIC). Choose another.',
  },
  'photo.heicUnsupported': {
    zh: '这张 HEIF 图片的编码方式无法读取，请在手机相机设置中选择「兼容性最佳」重新拍摄，或转为 JPEG。',
    en: 'This HEIF picture is coded in a way that cannot be read. Set the camera to "most compatible" and shoot again, or convert to JPEG.',
  },
  'photo.unreadable': {
    zh: '照片文件已损坏，无法打开，请重新拍摄。',
    en: 'The photo file is damaged. Take it again.',
  },
  'photo.digestMismatch': {
    zh: '照片在传输中损坏，请重新上传。',
    en: 'The photo was damaged on the way. Upload it again.',
  },
  'photo.notStandard': {
    zh: '照片不符合标准（{reason}），请重新拍摄。',
    en: 'The photo does not meet the standard ({reason}). Take it again.',
  },
  'photo.fileMissing': {
    zh: '没有找到这个文件，请核对文件名和所在的文件夹。',
    en: 'There is no such file. Check its name and its folder.',
  },
  'photo.notFound': {
    zh: '没有找到这张照片，请返回上一步重新拍摄。',
    en: 'The photo was not found. Go back and take it again.',
  },
  'photo.erased': {
    zh: '照片已按保留期限删除，不能再查看、下载或提交；已上网的照片请在学信网查看，其他情况请重新拍照或联系客服。',
    en: 'The photo was deleted at the end of its retention period. See a published one at CHSI; otherwise take another or contact customer service.',
  },
  'upload.offsetMismatch': {
    retry: true,
    zh: '上传进度与服务器不一致，将从 {offset} 字节处继续上传，请稍候。',
    en: 'The upload is out of step and continues from byte {offset}. Please wait.',
  },
  'upload.incomplete': {
    retry: true,
    zh: '照片还没有上传完（已传 {offset} 字节），请继续上传。',
    en: 'The photo is not fully uploaded yet ({offset} bytes). Continue the upload.',
  },
  'upload.tooMuch': {
    zh: '这一天上传的照片过多，暂时不能继续上传，请在 {hours} 小时后再试，或联系客服。',
    en: 'Too much was uploaded within a day. Try again in {hours} hours or contact customer service.',
  },
  'download.notApproved': {
    zh: '照片审核通过后才能下载，请等待审核结果。',
    en: 'The photo can be downloaded once it is approved. Wait for the result.',
  },
  // imaging
  'imaging.noFace': {
    zh: '照片中没有找到人脸，请正对镜头、光线充足地重新拍摄。',
    en: 'No face was found. Face the camera in good light and shoot again.',
  },
  'imaging.severalFaces': {
    zh: '照片中有多张人脸，请只拍摄本人一人。',
    en: 'Several faces were found. Only the graduate may be in the picture.',
  },
  'imaging.crashed': {
    retry: true,
    zh: '照片处理程序异常退出，已自动重启，请重试；反复出现请更换照片或联系工作人员。',
    en: 'The imaging process stopped and was restarted. Try again, or call staff if it repeats.',
  },
  'imaging.modelMissing': {
    zh: '缺少识别模型文件（{file}），请重新安装软件。',
    en: 'A model file is missing ({file}). Install the software again.',
  },
  'imaging.modelTampered': {
    zh: '识别模型文件校验失败（{file}），请重新安装软件。',
    en: 'A model file fails its checksum ({file}). Install the software again.',
  },
  'imaging.modelUnusable': {
    zh: '识别模型不能使用（{file}：{why}），请改正模型清单或重新安装软件。',
    en: 'A model cannot be used ({file}: {why}). Correct the manifest or install the software again.',
  },
  'imaging.sheetTooSmall': {
    zh: '「{paper}」相纸放不下要求的照片，请换更大的相纸、减少张数或缩小间距。',
    en: 'The photos asked for do not fit on {paper}. Take a larger paper, fewer photos or less spacing.',
  },
  'imaging.cancelled': {
    zh: '照片处理已取消，可以重新拍摄。',
    en: 'Processing was cancelled. You can shoot again.',
  },
  // devices
  'camera.notFound': {
    zh: '没有检测到摄像头，请联系工作人员（自检第 8 项）；接好后会自动继续。',
    en: 'No camera was found. Please call the staff (self-test 8); work goes on once it is there.',
  },
  'camera.denied': {
    zh: '没有摄像头使用权限，请联系工作人员（自检第 8 项）在系统设置中允许。',
    en: 'Camera access is denied. Please call the staff (self-test 8) to allow it in the system settings.',
  },
  'camera.busy': {
    retry: true,
    zh: '摄像头被其他程序占用，请联系工作人员（自检第 8 项）；释放后会自动继续。',
    en: 'Another program uses the camera. Please call the staff (self-test 8); work goes on once it is free.',
  },
  'camera.frozen': {
    retry: true,
    zh: '摄像头画面停住不动，重新启动后仍未恢复，请联系工作人员（自检第 8 项）；恢复后会自动继续。',
    en: 'The picture of the camera stands still, also after a restart. Please call the staff (self-test 8); work goes on once it moves.',
  },
  'camera.folderMissing': {
    zh: '找不到相机存放照片的文件夹，请联系工作人员（自检第 8 项）；恢复后会自动继续。',
    en: 'The folder that the camera saves into is not there. Please call the staff (self-test 8); work goes on once it is back.',
  },
  'camera.folderUnreadable': {
    zh: '没有权限读取相机存放照片的文件夹，请联系工作人员（自检第 8 项）；恢复后会自动继续。',
    en: 'The folder that the camera saves into may not be read. Please call the staff (self-test 8); work goes on once it may.',
  },
  'camera.folderTooFull': {
    zh: '相机存放照片的文件夹里文件太多，请联系工作人员（自检第 8 项）为相机另选一个空文件夹。',
    en: 'There are too many files in the folder that the camera saves into. Please call the staff (self-test 8) to choose an empty one.',
  },
  'camera.pictureIncomplete': {
    zh: '相机拍的照片没有完整传到本机，请再拍一张；反复出现请联系工作人员。',
    en: 'The picture did not arrive whole from the camera. Please take another; call the staff if it repeats.',
  },
  'camera.noJpeg': {
    zh: '相机没有传来 JPEG 照片，请联系工作人员把相机的图像画质设为 JPEG 后再拍一张。',
    en: 'The camera sent no JPEG. Please call the staff to set its image quality to JPEG, then take another.',
  },
  'camera.programMissing': {
    zh: '没有找到控制相机的 gphoto2 程序，请联系工作人员（自检第 8 项）。',
    en: 'The program gphoto2, which works the camera, was not found. Please call the staff (self-test 8).',
  },
  'camera.noAnswer': {
    retry: true,
    zh: '相机没有应答，请联系工作人员（自检第 8 项）；恢复后会自动继续。',
    en: 'The camera does not answer. Please call the staff (self-test 8); work goes on once it does.',
  },
  'camera.captureFailed': {
    retry: true,
    zh: '相机这次没有拍成，请再拍一次；反复出现请联系工作人员（自检第 8 项）。',
    en: 'The camera took no picture this time. Please try again, and call the staff (self-test 8) if it repeats.',
  },
  // the graduate's own phone
  'phone.cameraDenied': {
    zh: '没有相机使用权限，请在设置中允许使用相机后重试。',
    en: 'Camera access is denied. Allow it in the settings and try again.',
  },
  'phone.noCamera': {
    zh: '这部手机上没有可以使用的相机，请换一部手机，或到采集现场拍摄。',
    en: 'No camera can be used on this phone. Take another phone, or come to the station.',
  },
  'phone.cameraBusy': {
    retry: true,
    zh: '相机正被其他应用使用，请关闭其他应用后重试。',
    en: 'Another app uses the camera. Close it and try again.',
  },
  'phone.noRearCamera': {
    zh: '没有可用的后置摄像头，不可自拍，请换一部手机由他人拍摄。',
    en: 'No rear camera can be used, and selfies are not allowed. Use another phone.',
  },
  'phone.pictureDenied': {
    zh: '没有读取相册的权限，请在设置中允许后重试，或改用扫码识别。',
    en: 'Album access is denied. Allow it in the settings, or scan the code instead.',
  },
  'phone.albumDenied': {
    zh: '没有保存到相册的权限，照片未保存，请在设置中允许后重试。',
    en: 'Saving to the album is denied, so nothing was saved. Allow it in the settings.',
  },
  'phone.saveFailed': {
    retry: true,
    zh: '照片没有保存成功，请检查手机存储空间后重试。',
    en: 'The photo was not saved. Check the free space and try again.',
  },
  'phone.saveCancelled': {
    retry: true,
    zh: '您取消了保存，照片没有存入相册，可以随时再点保存。',
    en: 'You cancelled, so nothing was saved to the album. Save again whenever you like.',
  },
  'phone.storageFull': {
    zh: '手机存储空间不足，照片没有暂存，请清理空间后重新拍摄。',
    en: 'The phone is full and the photo was not kept. Free some space and shoot again.',
  },
  'phone.paymentCancelled': {
    retry: true,
    zh: '您已取消支付，订单仍然保留，可以随时继续支付。',
    en: 'You cancelled the payment. The order is kept; pay whenever you like.',
  },
  'phone.privacyRefused': {
    zh: '您没有同意隐私保护指引，这项功能无法使用；其他功能不受影响，可随时重新同意。',
    en: 'You did not agree to the privacy guide, so this cannot be used. Everything else can.',
  },
  // console
  'auth.accountLocked': {
    retry: true,
    zh: '密码连续输错，账号已锁定，请在 {minutes} 分钟后再试或联系管理员。',
    en: 'Too many wrong passwords. Try again in {minutes} minutes or ask an administrator.',
  },
  'auth.passwordUnchanged': {
    zh: '新密码与原密码相同，请设置一个不同的密码。',
    en: 'The new password is the old one. Choose a different one.',
  },
  'review.leaseLost': {
    zh: '这张照片的审核时限已过或已转给他人，请领取下一张。',
    en: 'Your lease on this photo ended or went to somebody else. Take the next one.',
  },
  'review.decided': {
    zh: '这张照片已经有审核结果，不能再次决定，请领取下一张。',
    en: 'This photo has been decided already. Take the next one.',
  },
  'review.inEffect': {
    zh: '这个审核结果已经生效并通知了毕业生，不能再撤回；需要更正请联系管理员。',
    en: 'This decision is in effect and the graduate has been told. Ask an administrator for a correction.',
  },
  'staff.ownRights': {
    zh: '不能修改自己的角色、学校或停用自己。请由其他管理员操作。',
    en: 'Nobody changes their own roles, schools or standing. Ask another administrator.',
  },
  'staff.beyondOwn': {
    zh: '不能授予超出您自己的角色或学校，也不能修改权限更大的人员。请联系系统管理员。',
    en: 'You cannot grant roles or schools beyond your own, nor change whoever has more. Ask a system administrator.',
  },
  'staff.accountTaken': {
    zh: '这个账号名已被使用，请换一个账号名。',
    en: 'This account name is taken. Choose another.',
  },
  'staff.lastAdministrator': {
    zh: '必须保留至少一名可用的管理员，请先指定另一名管理员。',
    en: 'At least one administrator must remain. Appoint another one first.',
  },
  'roster.unreadable': {
    zh: '名单文件无法读取，请使用 Excel（.xlsx、.xls、.xlsb）、.ods 或 CSV 文件；打不开的文件请重新导出。',
    en: 'The roster cannot be read. Use an Excel file (.xlsx, .xls, .xlsb), .ods or CSV, and export it anew if it does not open.',
  },
  'roster.protected': {
    zh: '名单文件设了打开密码，请在 Excel 或 WPS 中取消密码后重新上传。',
    en: 'The roster has a password. Remove it in Excel or WPS, then upload the file again.',
  },
  'roster.tooMuch': {
    zh: '名单超过 20 万行，或表格内容过多，请拆成几个文件分别导入。',
    en: 'The roster has over 200,000 rows or too many cells. Split it into several files.',
  },
  'roster.columnsMissing': {
    zh: '名单缺少必需的列（{columns}），请指定各列的内容，或补充后重新上传。',
    en: 'The roster lacks required columns ({columns}). Say what each column holds, or add them and upload again.',
  },
  'roster.interrupted': {
    zh: '服务器在读取名单时重新启动过，请重新上传文件。',
    en: 'The server was restarted while it read the roster. Upload the file again.',
  },
  'roster.cancelled': {
    zh: '本次导入已取消，名单没有变化；需要时请重新上传。',
    en: 'The import was cancelled and the roster is unchanged. Upload the file again if needed.',
  },
  'roster.draftGone': {
    zh: '这次上传已结束或超过一天，内容已删除，请重新上传文件。',
    en: 'This upload has ended or is over a day old and was deleted. Upload the file again.',
  },
  'roster.busy': {
    zh: '这个批次正在导入另一份名单，请等它完成后再试。',
    en: 'Another roster is being imported into this batch. Try again when it is done.',
    retry: true,
  },
  'roster.draftBusy': {
    zh: '名单正在读取、导入或已经导入，请等待完成，或重新上传文件。',
    en: 'The roster is being read or imported, or is imported already. Wait, or upload the file again.',
    retry: true,
  },
  'roster.otherSchool': {
    zh: '只能移到同一学校的其他批次，请重新选择批次。',
    en: 'People can be moved to another batch of the same school only. Choose another batch.',
  },
  'roster.archiveUnreadable': {
    zh: '照片压缩包无法读取，请使用未加密的 ZIP 文件，照片以学号、考生号、证件号或「姓名-学号」命名。',
    en: 'The archive cannot be read. Use a ZIP without password, photos named by a number of the person.',
  },
  // publishing to 学信网, and what two people decide
  'staff.ownRequest': {
    zh: '自己提出的申请不能自己批准，请由另一位有权限的同事处理。',
    en: 'Nobody approves an own request. Ask a colleague with that right.',
  },
  'approval.withdrawalAsked': {
    zh: '这个订单已有撤销通过的申请，请先由另一位同事处理。',
    en: 'The withdrawal of this approval has been asked for already. A colleague must decide first.',
  },
  'approval.notAsked': {
    zh: '这个申请已经处理过或不存在，请刷新后查看。',
    en: 'This request has been decided or is not there. Refresh to see.',
  },
  'publishing.inOpenBatch': {
    zh: '照片在导出批次 {batch} 中，不能撤销通过；尚未下载的可先撤销该批次，已上报的请等待回执。',
    en: 'The photo is in export batch {batch}. Cancel that batch if it was not downloaded yet, else wait for the receipt.',
  },
  'publishing.namingInvalid': {
    zh: '命名规则不能使用：{why}，请修改。',
    en: 'The naming pattern cannot be used ({why}). Change it.',
  },
  'publishing.fieldMissing': {
    zh: '缺少{field}，请在名单中补充或改用其他命名规则。',
    en: '{field} is missing. Add it to the roster, or take another naming pattern.',
  },
  'publishing.nameUnusable': {
    zh: '文件名含有不能使用的字符，请更正姓名或改用其他命名规则。',
    en: 'The file name has characters that cannot be used. Correct the name, or take another pattern.',
  },
  'publishing.nothingToExport': {
    zh: '所选范围内没有可以导出的照片，请调整条件。',
    en: 'No photo of this selection can be exported. Change the selection.',
  },
  'publishing.tooMany': {
    zh: '所选照片超过 {max} 张，请缩小范围分批导出。',
    en: 'More than {max} photos are selected. Export them in smaller batches.',
  },
  'publishing.namesDoubled': {
    zh: '有 {count} 张照片的文件名重复，请更正名单或改用其他命名规则。',
    en: '{count} photos have the same name as another. Correct the roster, or take another pattern.',
  },
  'publishing.photosTaken': {
    zh: '部分照片刚被另一个批次选走，请重新预览。',
    en: 'Some of the photos have just gone into another batch. Preview again.',
  },
  'publishing.wrongState': {
    zh: '导出批次目前{state}，不能这样操作，请刷新后查看。',
    en: 'The batch is at “{state}”, where this cannot be done. Refresh to see.',
  },
  'publishing.downloaded': {
    zh: '这个批次已经下载或上报，不能撤销；请导入学信网回执。',
    en: 'The batch has been downloaded or sent and cannot be cancelled. Import the receipt.',
  },
  'publishing.filesGone': {
    zh: '批次的文件已到期删除，请申请重新制作，内容与原来逐字节相同。',
    en: 'The files of the batch were deleted in time. Ask for them again; they are the same, byte for byte.',
  },
  'publishing.receiptUnreadable': {
    zh: '回执文件无法读取，请使用 Excel（.xlsx、.xls）、CSV 或 TXT 文件。',
    en: 'The receipt cannot be read. Use an Excel, CSV or TXT file.',
  },
  'publishing.receiptColumnsMissing': {
    zh: '回执中没有找到{columns}列，请检查表头。',
    en: 'The receipt has no column for {columns}. Check its headings.',
  },
  'publishing.notPublished': {
    zh: '照片还没有上网，不能登记图像校对。',
    en: 'The photo is not at CHSI yet, so nobody can have checked it there.',
  },
} as const satisfies Readonly<Record<string, ErrorText>>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

export type Language = 'zh' | 'en';

/** True when the same call may succeed later by itself, so that a queue keeps trying. */
export function isRetryable(code: ErrorCode): boolean {
  return 'retry' in ERRORS[code];
}

/** The sentence for a person, with `{name}` filled from `details` (left out when absent). */
export function errorSentence(
  failure: { code: ErrorCode; details?: Readonly<Record<string, string | number | boolean>> },
  language: Language = 'zh',
): string {
  return ERRORS[failure.code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(failure.details?.[name] ?? '—'),
  );
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
