const ASSERTS = /^(?:(?:node:)?assert(?:\/strict)?|(?:tiny|ts)-invariant|invariant|@std\/assert)$/u;
/** Functions of packages that throw unless a token is right. */
const THROWS: Readonly<Record<string, RegExp>> = {
  jose: /^(?:jwtVerify|compactVerify|flattenedVerify|generalVerify|jwtDecrypt)$/u,
  jsonwebtoken: /^verify$/u,
  "@clerk/backend": /^verifyToken$/u,
};
/** Names of what may throw when it is given the wrong thing. */
const MAY_THROW = /^(?:\w+?(?=[A-Z]))?(?:verify|authenticate|authorize|assert|require|ensure|check|validate|protect)/iu;

/** Whether a function of a package throws unless its first argument is true. */
export function isAssertion(module: string, name: string): boolean {
  return ASSERTS.test(module) && /^(?:default|ok|assert|invariant|strict)$/u.test(name);
}

/** Whether a function of a package throws unless its first two arguments are equal. */
export function isEqualityAssertion(module: string, name: string): boolean {
  return ASSERTS.test(module) && /^(?:equal|strictEqual|deepStrictEqual|assertEquals|assertStrictEquals)$/u.test(name);
}

/** Whether a function of a package is known to throw unless what it is given is genuine. */
export function isThrowingVerifier(module: string, name: string): boolean {
  return THROWS[module]?.test(name) === true;
}

/** Whether code that nobody can look into may throw because of who is asking, as its name says. */
export function mayVerify(name: string): boolean {
  return MAY_THROW.test(name);
}
