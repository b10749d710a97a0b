package party_test

// circularCases: what bears a mark of secrecy is refused; papers about secrecy are not.
var circularCases = []ruleCase{
	{name: "a public paper", code: "E-CIRC-SECRET", kind: "circular"},
	{name: "about secrecy", code: "E-CIRC-SECRET", kind: "circular", set: []string{"title", "关于学习《中华人民共和国保守国家秘密法》的通知"}},
	{name: "a mark before the title", code: "E-CIRC-SECRET", kind: "circular", set: []string{"title", "机密 关于某事的通知"}, fails: true},
	{name: "a mark behind the title", code: "E-CIRC-SECRET", kind: "circular", set: []string{"title", "关于某事的通知(秘密)"}, fails: true},
	{name: "a mark with a space", code: "E-CIRC-SECRET", kind: "circular", set: []string{"title", "绝 密 关于某事的通知"}, fails: true},
	{name: "a star in the number", code: "E-CIRC-SECRET", kind: "circular", set: []string{"document_no", "芦委〔2026〕3号★1年"}, fails: true},
	{name: "a mark in the number", code: "E-CIRC-SECRET", kind: "circular", set: []string{"document_no", "秘密〔2026〕3号"}, fails: true},
	{name: "a mark on what is sent out", code: "E-CIRC-SECRET", kind: "circular", set: []string{"direction", "发文", "title", "机密★报告"}, fails: true},
}
