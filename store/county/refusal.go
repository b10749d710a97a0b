package county

import (
	"errors"

	"taizhang/model"
	"taizhang/store/bundle"
)

// A bundle that is not taken in is spoken of twice: to the clerk of the office that refuses
// it, and in the receipt to those who sent it, who have other commands and know other
// places. An office above counties says both in words of its own (bundle.Words).

// refusal is why a bundle is refused. It holds no text: say makes one for whom it is told to.
type refusal struct {
	code string
	say  func(v voice) string
}

// refused gives the error that refuses a bundle.
func refused(code string, say func(v voice) string) error { return &refusal{code, say} }

// Error is what a county's clerk reads.
func (e *refusal) Error() string { return e.say(voice{Words: bundle.WordsOf(bundle.LevelCounty)}) }

// Unwrap gives the fault as all others are known.
func (e *refusal) Unwrap() error { return &model.Error{Code: e.code, Message: e.Error()} }

// voice speaks for an office: to its own clerk, or with sent to those below who sent the
// bundle.
type voice struct {
	bundle.Words
	sent bool
}

// told gives both texts of a fault: the clerk's, and that of those who sent the bundle.
func told(level string, fault error) (here, there string) {
	say := func(v voice) string { return "" }
	var own *refusal
	var other *model.Error
	switch {
	case errors.As(fault, &own):
		say = own.say
	case errors.As(fault, &other):
		say = func(v voice) string { return v.unread(other) }
	}
	w := bundle.WordsOf(level)
	return say(voice{Words: w}), say(voice{Words: w, sent: true})
}

// ask is what those who sent the bundle are to do.
func (v voice) ask(what string) string {
	if v.sent {
		return "请" + what
	}
	return "请让" + v.There + what
}

// whose is where those are who sent the bundle, or what they call their own.
func (v voice) whose() string {
	if v.sent {
		return v.Theirs
	}
	return v.There
}

// either says one thing to the clerk and another to those who sent the bundle.
func (v voice) either(clerk, sender string) string {
	if v.sent {
		return sender
	}
	return clerk
}

// office is how the office is called to the clerk, and to those below.
func (v voice) office() string { return v.either("本"+v.Own, v.Here()) }

// unread says why a bundle can't be read, which the packages that read it have found.
func (v voice) unread(fault *model.Error) string {
	switch fault.Code {
	case bundle.CodeNewer:
		return v.either(fault.Message+",请先更新本程序再接收",
			v.Here()+"的程序比"+v.Theirs+"的旧,打不开这个包,没有接收;请打电话告诉"+v.Caller+"更新程序,更新后把这个包再交一次")
	case bundle.CodeSums:
		return fault.Message + ":" + v.Here() + "只收各单位的记录,没有接收;" + v.either("汇总数字交给上一级,各单位请用“月度上报”重新导出", "汇总数字交给上一级")
	case bundle.CodeRecords:
		return fault.Message + ":" + v.Here() + "只收" + v.Each() + "的汇总,没有接收;" + v.either("请交给它所在的县里", "请封账以后用“上报上级”导出")
	case codeUnopened:
		return fault.Message + ":不是用" + v.office() + "的配置文件导出的,或者文件已损坏;" + v.ask("核对配置文件后重新导出")
	case codeBadSums:
		return fault.Message + ",没有接收;" + v.ask("更新程序后重新导出")
	}
	return fault.Message + "," + v.ask("重新导出")
}

// The codes of what other packages find wrong that have advice of their own.
const (
	codeUnopened = "E-BUNDLE-KEY" // no key of the office opens it
	codeBadSums  = "E-SUMS"       // its numbers are not in order
)

// copied says of records of another organisation how they got in.
func (v voice) copied() string {
	return "可能是拷贝了别" + v.Below + "的台账来用,没有接收;" + v.ask("新建自己的台账")
}
