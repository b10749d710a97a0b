package party

import (
	"strings"

	"taizhang/model"
)

// circularRules keep what is secret out: the machine and the stick are not made for it.
var circularRules = []model.Rule{
	{Code: "E-CIRC-SECRET", Severity: model.Fault, Field: "title", Text: "涉密文件不得登记在本机", Source: "《中华人民共和国保守国家秘密法》(2024)",
		Bars: true, Check: checkSecret},
}

// The marks of secrecy, and the words in which a public paper speaks of secrets.
var (
	secretMarks = []string{"★", "绝密", "机密", "秘密"}
	notSecret   = []string{"国家秘密", "商业秘密", "工作秘密", "军事秘密", "个人秘密", "党的秘密", "保守秘密", "严守秘密", "秘密战线"}
)

// checkSecret speaks of the first field that bears a mark; it repeats nothing of it,
// since messages travel in receipts.
func checkSecret(x *model.Exam) {
	for _, field := range []string{"title", "document_no"} {
		text := model.HalfWidth(x.Record.Str(field))
		for _, word := range notSecret {
			text = strings.ReplaceAll(text, word, "")
		}
		text = strings.Join(strings.Fields(text), "")
		for _, mark := range secretMarks {
			if strings.Contains(text, mark) {
				x.SayAt(field, "%s里有“%s”:涉密文件不得登记在本机,请按保密规定另行登记;不是涉密文件的,请换个写法,不用这两个字和★", x.Record.Kind.Field(field).Label, mark)
				return
			}
		}
	}
}
