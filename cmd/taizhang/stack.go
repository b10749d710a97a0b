package main

import (
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/paper/fill"
)

func (m *Main) stackCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "stack 表格.xlsx…",
		Short: "把收回来的同样的表合成一张",
		Long: "把各单位填好交回来的、表头相同的表合成一张,样子照第一张;右边加一列写明每行来自哪个文件,对不上的行和文件说明原因。\n" +
			"也可以写文件夹:taizhang stack 收回的表 --out 汇总.xlsx",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("缺少表格,用法:%s", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := stackedFiles(args)
			if err != nil {
				return err
			}
			if out == "" && len(paths) > 0 {
				out = filledName(paths[0], "合并")
			}
			if target, err := filepath.Abs(out); err == nil { // a sheet that was joined here before
				paths = slices.DeleteFunc(paths, func(p string) bool {
					abs, err := filepath.Abs(p)
					return err == nil && abs == target
				})
			}
			joined, err := fill.Stack(cmd.Context(), party.Kinds, paths, out)
			if err != nil {
				return err
			}
			m.sayf("已把 %d 个文件合成一张,共 %d 行:%s", joined.Files, joined.Rows, out)
			for _, n := range joined.Notes {
				m.sayf("请核对:%s", n)
			}
			for _, a := range joined.Apart {
				m.sayf("没有并入:%s", a)
			}
			if len(joined.Apart) > 0 {
				return model.Errorf("E-STACK-APART", "有 %d 处没有并入,见上面;改好以后再合一次", len(joined.Apart))
			}
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "写到这个文件;不写就在第一张旁边另存为“…(合并)”")
	return c
}
