import type { descentWords } from "./strings.descent";

export const koreanDescentWords: typeof descentWords = {
  progress: {
    running: (done, of, left) => `최대 ${of}번 중 반복 ${done}, 남은 시간 ${left}`,
    paused: (done, of) => `최대 ${of}번 중 반복 ${done}에서 일시 정지`,
    seconds: (count) => `약 ${Math.max(1, count)}초`,
    minutes: (count) => `약 ${count}분`,
    hours: (count) => `약 ${count}시간`,
    days: (count) => `약 ${count}일`,
    bar: "실행 진행 정도",
    pause: "실행 일시 정지",
    resume: "계속하기",
    finish: "여기서 끝내기",
    thinned: (every) => `긴 실행이라 반복 ${every}번마다 한 점과 마지막 점만 남겼습니다. 플레이어는 남은 점을 차례로 보여 줍니다`,
  },
};
