package model

// Needs makes the rule that a field must be filled once another holds a value:
// the errors of records.md of the shape "已任用 has appointed_on".
func Needs(code, field, given, value, text string) Rule {
	return Rule{Code: code, Severity: Fault, Field: field, Text: text, Source: SourceOwn,
		Check: func(x *Exam) {
			if x.Record.Is(given, value) && !x.Record.Filled(field) {
				x.Say("%s", text)
			}
		}}
}

// NeedsOneOf makes the rule that one of some fields is filled. The message stands
// under the first.
func NeedsOneOf(code, text string, fields ...string) Rule {
	return Rule{Code: code, Severity: Fault, Field: fields[0], Text: text, Source: SourceOwn,
		Check: func(x *Exam) {
			for _, f := range fields {
				if x.Record.Filled(f) {
					return
				}
			}
			x.Say("%s", text)
		}}
}
