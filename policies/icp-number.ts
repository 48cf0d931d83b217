/** Short names of provinces as numbers carry them; some have two. */
const provinces = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新";

/**
 * A filing (沪ICP备2021000001号), or the licence that stands in its place (京ICP证030173号, 浙B2-20080101); then -1 for the
 * first site, -2A for an app. What letters there are is not verified: any one is taken.
 */
const shape = new RegExp(
  `^[${provinces}](?:ICP备\\d{8,10}号|ICP证\\d{6,8}号|[AB][12]-\\d{8})(?:-\\d{1,4}[A-Z]?)?$`,
  "u",
);

/** Whether a text has the shape of an ICP number. Only a person can say that it is real and fits the domain. */
export function isIcpNumber(text: string): boolean {
  return shape.test(text);
}
