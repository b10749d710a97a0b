// Package doctor looks at what a ledger stands on: the disk, the clock, the sticks, the
// file and its backups. It says what it found and what a person can change, and changes
// nothing itself.
package doctor

import "fmt"

// Grade is how a finding is meant.
type Grade string

// The grades, from nothing to do to what has to be changed.
const (
	Fine Grade = "好"
	Mind Grade = "留意"
	Mend Grade = "要改"
)

// Finding is one thing that was looked at.
type Finding struct {
	Topic  string `json:"topic"` // 磁盘, 时钟, …
	Grade  Grade  `json:"grade"`
	Found  string `json:"found"`            // in Chinese, one sentence
	Advice string `json:"advice,omitempty"` // what to change, "" for nothing
}

// fine, mind and mend make findings of a topic.
func fine(topic, format string, args ...any) Finding {
	return Finding{Topic: topic, Grade: Fine, Found: fmt.Sprintf(format, args...)}
}

func mind(topic, advice, format string, args ...any) Finding {
	return Finding{Topic: topic, Grade: Mind, Found: fmt.Sprintf(format, args...), Advice: advice}
}

func mend(topic, advice, format string, args ...any) Finding {
	return Finding{Topic: topic, Grade: Mend, Found: fmt.Sprintf(format, args...), Advice: advice}
}

// Worst gives the worst grade of some findings, Fine for none.
func Worst(all []Finding) Grade {
	worst := Fine
	for _, f := range all {
		if f.Grade == Mend || f.Grade == Mind && worst == Fine {
			worst = f.Grade
		}
	}
	return worst
}
