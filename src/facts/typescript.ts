import { ts } from "./compiler.cjs";

/**
 * What the extractor uses of TypeScript.
 *
 * @remarks ts-morph hands out TypeScript as one object of getters, which is slow to ask for every node; here it is asked once.
 */
export const {
  canHaveModifiers, createScanner, createSourceFile, escapeLeadingUnderscores, flattenDiagnosticMessageText, forEachChild, getDecorators, getLeadingCommentRanges,
  getShebang, isAccessor, isArrayBindingPattern, isArrayLiteralExpression, isArrayTypeNode, isArrowFunction, isAwaitExpression,
  isBinaryExpression, isBindingElement, isBlock, isBreakOrContinueStatement, isBreakStatement, isCallExpression,
  isCallSignatureDeclaration, isCaseBlock, isCaseClause, isCaseOrDefaultClause, isCatchClause, isClassDeclaration, isClassExpression,
  isClassStaticBlockDeclaration, isComputedPropertyName, isConditionalExpression, isConditionalTypeNode, isConstructorDeclaration,
  isConstructorTypeNode, isConstructSignatureDeclaration, isConstTypeReference, isDoStatement, isElementAccessExpression,
  isEnumDeclaration, isExportAssignment, isExportDeclaration, isExpression, isExpressionStatement, isExpressionWithTypeArguments,
  isExternalModule, isExternalModuleReference, isForInStatement, isForOfStatement, isForStatement, isFunctionDeclaration,
  isFunctionExpression, isFunctionTypeNode, isGetAccessor, isIdentifier, isIfStatement, isImportDeclaration, isImportEqualsDeclaration,
  isImportTypeNode, isIndexedAccessTypeNode, isIndexSignatureDeclaration, isInferTypeNode, isInterfaceDeclaration,
  isIntersectionTypeNode, isIterationStatement, isJsxElement, isJsxExpression, isJsxFragment, isJsxNamespacedName,
  isJsxSelfClosingElement, isJsxSpreadAttribute, isJsxText, isLabeledStatement, isLiteralTypeNode, isMappedTypeNode, isMetaProperty,
  isMethodDeclaration, isMethodSignature, isModuleBlock, isModuleDeclaration, isNamedImports, isNamedTupleMember, isNamespaceExport,
  isNamespaceImport, isNumericLiteral, isObjectBindingPattern, isObjectLiteralExpression, isOmittedExpression, isOptionalTypeNode,
  isParameterPropertyDeclaration, isParenthesizedExpression, isParenthesizedTypeNode, isPrefixUnaryExpression, isPrivateIdentifier,
  isPropertyAccessExpression, isPropertyAssignment, isPropertyDeclaration, isPropertySignature, isRestTypeNode, isReturnStatement,
  isSatisfiesExpression, isSetAccessor, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement, isStringLiteralLike,
  isSwitchStatement, isTemplateExpression, isTemplateLiteralTypeNode, isThisTypeNode, isThrowStatement, isTryStatement, isTupleTypeNode,
  isTypeAliasDeclaration, isTypeLiteralNode, isTypeNode, isTypeOperatorNode, isTypePredicateNode, isTypeQueryNode, isTypeReferenceNode,
  isUnionTypeNode, isVariableDeclarationList, isVariableStatement, isWhileStatement, isWithStatement, JSDocParsingMode, LanguageVariant,
  NodeFlags, ScriptKind, ScriptTarget, SyntaxKind, tokenToString, unescapeLeadingUnderscores,
} = ts;
