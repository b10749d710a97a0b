package clear

import (
	"fmt"
	"slices"
	"strings"
)

// Said tells in Chinese what a clearing did, a sentence a line.
func Said(d *Done) []string {
	lines := []string{fmt.Sprintf("已清除 %d 人的身份证号、电话和住址,记在修改记录里。", len(d.Who))}
	if d.Others > 0 {
		lines = append(lines, fmt.Sprintf("另有 %d 条记录的文字里写着这些号码,也清掉了。", d.Others))
	}
	if n := len(d.Removed); n > 0 {
		lines = append(lines, fmt.Sprintf("删掉了旁边 %d 个旧文件。", n))
	}
	if d.Waiting != "" {
		lines = append(lines, d.Waiting+"。")
	}
	if len(d.Remain) > 0 {
		var left []string
		for _, f := range d.Remain {
			left = append(left, f.Path)
		}
		lines = append(lines, "里面还有、要您自己处理的:"+Few(left, 4, "个"))
	}
	if len(d.Elsewhere) > 0 {
		lines = append(lines, "这些备份里还有,要您自己删去:"+Few(d.Elsewhere, 4, "个"))
	}
	if d.Later != "" {
		lines = append(lines, d.Later+"。")
	}
	return append(lines, "U盘上和别处的备份里还有:请再备份一份,删去以前的。")
}

// Few joins at most n texts and says how many there are.
func Few(all []string, n int, unit string) string {
	text := strings.Join(slices.Clone(all[:min(len(all), n)]), "、")
	if len(all) > n {
		text += fmt.Sprintf(" 等 %d %s", len(all), unit)
	}
	return text
}
